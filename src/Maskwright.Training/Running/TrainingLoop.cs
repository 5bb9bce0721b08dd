using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Running;

/// <summary>Trains a promptable network: this file is the whole loop.</summary>
/// <remarks>Equal recipes, data and thread counts give equal losses on one machine, whether a run was interrupted or not. Not safe for use by several threads.</remarks>
public sealed class TrainingLoop : IDisposable
{
    private const int BatchesAhead = 4;
    private const int RoundStream = 1 << 21;
    private const int ClickStream = 1 << 22;
    private const double BoundaryWeight = 4;

    private readonly PromptNetwork _network;
    private readonly TrainingRecipe _recipe;
    private readonly CropSource _source;
    private readonly PromptRounds _rounds;
    private readonly AdamW _optimiser;
    private readonly WeightAverage _average;

    /// <summary>Makes a run ready; nothing is learned yet.</summary>
    /// <param name="network">What learns; its weights change. Disposed by the caller, after this object.</param>
    /// <param name="examples">What it learns from.</param>
    /// <param name="codec">Puts marks of compression on crops; null leaves them out.</param>
    /// <param name="recipe">How it learns.</param>
    /// <exception cref="ArgumentException">The recipe has faults, or leaves no example.</exception>
    public TrainingLoop(PromptNetwork network, IReadOnlyList<TrainingExample> examples, IImageCodec? codec, TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Validate();
        (_network, _recipe) = (network, recipe);
        _source = new CropSource(examples, set => recipe.SetOf(set)?.Weight ?? 0, recipe.Augmentation, codec, recipe.Seed, recipe.CacheMegabytes * 1_000_000L);
        if (recipe.Frozen.Count > 0)
        {
            network.Weights.Freeze(recipe.Frozen);
        }

        _rounds = new PromptRounds(network, recipe.Losses);
        _optimiser = new AdamW(network.Weights, recipe.Optimiser);
        _average = new WeightAverage(network.Weights, recipe.Optimiser.AverageDecay);
    }

    /// <summary>Steps done so far.</summary>
    public long StepsDone { get; private set; }

    /// <summary>Goes on where a checkpoint of this network stopped.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="Graphs.Weights.InvalidWeightsException">The file is damaged, or of another network.</exception>
    public void Resume(string path) => StepsDone = Checkpoint.Read(path, _network.Weights, _optimiser, _average);

    /// <summary>Writes down everything that <see cref="Resume"/> needs.</summary>
    /// <param name="path">The file; replaced when it exists, never left half written.</param>
    public void Save(string path) => Checkpoint.Write(path, StepsDone, _network.Weights, _optimiser, _average);

    /// <summary>Learns until all steps are done.</summary>
    /// <param name="checkpoint">Where checkpoints go, each over the last; null for none.</param>
    /// <param name="progress">Told every few steps; null for nobody.</param>
    /// <param name="cancellationToken">Looked at between steps; a cancelled run writes a checkpoint first.</param>
    /// <exception cref="TrainingFailedException">Loss or gradients are no longer finite; nothing of that step was learned.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(string? checkpoint, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (_recipe.Threads > 0)
        {
            torch.set_num_threads(_recipe.Threads);
        }

        using var batches = new BatchPrefetch(step => TrainingBatch.Draw(_source, _recipe, step), StepsDone, _recipe.Steps, BatchesAhead);
        var window = new ProgressWindow();
        while (StepsDone < _recipe.Steps)
        {
            if (cancellationToken.IsCancellationRequested && checkpoint is not null)
            {
                Save(checkpoint);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var batch = batches.Take();
            Step(batch, window);
            StepsDone++;
            if (StepsDone % _recipe.LogEvery == 0 || StepsDone == _recipe.Steps)
            {
                progress?.Report(window.Report(StepsDone, _recipe.Steps, batch.Side, _recipe.Optimiser.RateAt(batch.Step, _recipe.Steps)));
                window = new ProgressWindow();
            }

            if (checkpoint is not null && (StepsDone % _recipe.CheckpointEvery == 0 || StepsDone == _recipe.Steps))
            {
                Save(checkpoint);
            }
        }
    }

    private void Step(TrainingBatch batch, ProgressWindow window)
    {
        using var scope = torch.NewDisposeScope();
        using var images = PromptTensors.Of(batch.Images(), batch.Crops.Count, 3, batch.Side, batch.Side);
        var features = _network.Encode(images, TorchMode.Train);
        var (boundary, objectness) = DenseLosses(features, batch);
        var (prompted, scores) = PromptLoss(features, batch);
        var loss = prompted + (boundary * _recipe.Losses.Boundary) + (objectness * _recipe.Losses.Objectness);
        var value = loss.ToDouble();
        ThrowUnlessFinite(value, batch.Step, "the loss");

        loss.backward();
        var norm = _optimiser.ClipGradients();
        ThrowUnlessFinite(norm, batch.Step, "the gradient");
        _optimiser.Step(_recipe.Optimiser.RateAt(batch.Step, _recipe.Steps), batch.Step);
        _network.Weights.ForgetGradients();
        _average.Add(batch.Step);
        window.Note(value, boundary.ToDouble(), objectness.ToDouble(), norm, scores);
    }

    // The encoder's own maps: where objects end, and where their middles are.
    private static (TorchTensor Boundary, TorchTensor Objectness) DenseLosses(IReadOnlyDictionary<string, TorchTensor> features, TrainingBatch batch)
    {
        TorchTensor Maps(Func<DenseTargets, float[]> map) => PromptTensors.OfMaps([.. batch.Crops.Select(crop => map(crop.Dense))]);
        return (
            MaskLoss.Map(features["boundary"], Maps(d => d.Boundary), Maps(d => d.BoundaryKnown), BoundaryWeight),
            MaskLoss.Map(features["objectness"], Maps(d => d.Objectness), Maps(d => d.ObjectnessKnown), positiveWeight: 1));
    }

    // Every image is encoded once and asked about by several users over several rounds; all of it flows back together.
    private (TorchTensor Loss, RoundScores Scores) PromptLoss(IReadOnlyDictionary<string, TorchTensor> features, TrainingBatch batch)
    {
        var rounds = 1 + new SampleRandom(_recipe.Seed, batch.Step, RoundStream).Next(_recipe.Interaction.MaxRounds);
        var scores = new RoundScores();
        var losses = new List<TorchTensor>();
        foreach (var (b, crop) in batch.Crops.Index().Where(crop => crop.Item.Users.Count > 0))
        {
            var random = new SampleRandom(_recipe.Seed, batch.Step, ClickStream + b);
            var (loss, ownScores) = _rounds.Run(PromptNetwork.FeaturesOf(features, b), crop.Users, rounds, random);
            losses.Add(loss);
            scores.Add(ownScores);
        }

        return (losses.Count == 0 ? torch.zeros([], torch.ScalarType.Float32) : torch.stack(losses).mean(), scores);
    }

    private static void ThrowUnlessFinite(double value, long step, string what)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingFailedException(step, what);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _average.Dispose();
        _optimiser.Dispose();
    }
}
