using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Runs the decoder's halves; what is known of an image whatever the prompt is computed once an image.</summary>
internal sealed class SeedlingRuns(SeedlingConfig config, IGraphEngine engine, IReadOnlyDictionary<string, WeightTensor> weights) : IDisposable
{
    // Activations take some 10 MB a prompt at the working side of 512; those of few prompts stay in the nearer caches.
    private const int MostAtOnce = 8;
    private const int MostOnOneThread = 2;

    private readonly Lazy<IGraphRunner> _imageSide = new(() => engine.Load(SeedlingGraphs.ImageSide(config), weights));
    private readonly Lazy<Halves> _shared = new(() => new Halves(config, engine, weights));
    private readonly Lazy<Halves> _alone = new(() => new Halves(config, engine.OnOneThread, weights));

    /// <summary>Loads what a first prompt needs; does nothing when it is there.</summary>
    public void Prepare()
    {
        _ = _imageSide.Value;
        _shared.Value.Prepare();
    }

    /// <summary>What the decoder needs of an image, whatever the prompt.</summary>
    /// <param name="features">What the encoder says.</param>
    public IReadOnlyDictionary<string, Tensor> ImageSide(IReadOnlyDictionary<string, Tensor> features) =>
        _imageSide.Value.Run(SeedlingGraphs.DecoderFeatures.ToDictionary(name => name, name => features[name]));

    /// <summary>Puts prompts through the first half, many of them side by side.</summary>
    /// <param name="embedding">The image.</param>
    /// <param name="prompts">Valid on the image.</param>
    /// <param name="take">Called with the number of the first prompt of a run and the drafts, perhaps by several threads at once.</param>
    /// <param name="cancellationToken">Stops between runs.</param>
    public void Draft(SeedlingEmbedding embedding, IReadOnlyList<Prompt> prompts, Action<int, SeedlingDrafts, Halves> take, CancellationToken cancellationToken)
    {
        var isMany = engine.Threads > 1 && prompts.Count >= engine.Threads * MostOnOneThread;
        var (halves, most) = isMany ? (_alone, MostOnOneThread) : (_shared, MostAtOnce);
        Prompt[][] runs = [.. prompts.Chunk(most)];
        void Run(int i)
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(i * most, halves.Value.Draft(embedding, runs[i], cancellationToken), halves.Value);
        }

        SideBySide.Run(runs.Length, isMany ? engine.Threads : 1, Run, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var halves in new[] { _shared, _alone }.Where(h => h.IsValueCreated))
        {
            halves.Value.Dispose();
        }

        if (_imageSide.IsValueCreated)
        {
            _imageSide.Value.Dispose();
        }
    }

    /// <summary>Both halves on one engine.</summary>
    internal sealed class Halves(SeedlingConfig config, IGraphEngine engine, IReadOnlyDictionary<string, WeightTensor> weights) : IDisposable
    {
        private readonly Lazy<IGraphRunner> _draft = new(() => engine.Load(SeedlingGraphs.Draft(config), weights));
        private readonly Lazy<IGraphRunner> _masks = new(() => engine.Load(SeedlingGraphs.Masks(config), weights));

        /// <summary>Loads both.</summary>
        public void Prepare() => _ = (_draft.Value, _masks.Value);

        /// <summary>The first half.</summary>
        public SeedlingDrafts Draft(SeedlingEmbedding embedding, IReadOnlyList<Prompt> prompts, CancellationToken cancellationToken)
        {
            var inputs = SeedlingPromptBatch.Inputs(prompts, embedding.Frame, embedding.Regions);
            var drafted = _draft.Value.Run(Filled(_draft.Value, inputs, embedding), cancellationToken: cancellationToken);
            inputs[SeedlingGraphs.DraftFeatures] = drafted[SeedlingGraphs.DraftFeatures];
            inputs[SeedlingGraphs.DraftLogits] = drafted[SeedlingGraphs.DraftLogits];
            return new SeedlingDrafts(inputs, drafted["quality"]);
        }

        /// <summary>The second half: logits [P,M,H/4,W/4].</summary>
        public Tensor Masks(SeedlingEmbedding embedding, SeedlingDrafts drafts, CancellationToken cancellationToken) =>
            _masks.Value.Run(Filled(_masks.Value, drafts.Inputs, embedding), cancellationToken: cancellationToken)["masks"];

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (var runner in new[] { _draft, _masks }.Where(r => r.IsValueCreated))
            {
                runner.Value.Dispose();
            }
        }

        private static Dictionary<string, Tensor> Filled(IGraphRunner runner, IReadOnlyDictionary<string, Tensor> inputs, SeedlingEmbedding embedding) =>
            runner.Inputs.Keys.ToDictionary(name => name, name => inputs.TryGetValue(name, out var tensor) ? tensor : embedding.ImageSide[name]);
    }
}
