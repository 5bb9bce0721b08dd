using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Classic;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Finds masks for everything where one look at the image says that a click would give a good one, coarse to fine where nothing explains the pixels yet.</summary>
/// <remarks>
/// The best regions of the image's hierarchy are offered beside the answers: of the same thing the mask of the higher predicted IoU stays, whoever drew it.
/// <see cref="AutomaticMaskGenerator"/> asks for an exact grid instead, as SAM's does; this one needs a fraction of its prompts.
/// </remarks>
public sealed class SeedlingGenerator : IMaskGenerator
{
    // Sides of the blocks, in cells of 8 pixels of the network's frame.
    private static readonly int[] s_blocks = [8, 4, 2];

    private readonly IPromptSegmenter _segmenter;

    /// <summary>Prepares generation.</summary>
    /// <param name="segmenter">A <see cref="SeedlingSegmenter"/>, perhaps behind a cache; borrowed.</param>
    /// <param name="options">The settings; null means the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all of them.</exception>
    public SeedlingGenerator(IPromptSegmenter segmenter, SeedlingGeneratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        Options = options ?? new SeedlingGeneratorOptions();
        Options.Validate();
        _segmenter = segmenter;
    }

    /// <summary>The settings.</summary>
    public SeedlingGeneratorOptions Options { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The segmenter is no Seedling.</exception>
    public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var steps = s_blocks.Length + 3;
        progress?.Report(new GenerationProgress("looking at the image", 0, steps));
        using var embedding = _segmenter.Encode(image, cancellationToken);
        var seedling = embedding as SeedlingEmbedding ?? throw new InvalidOperationException($"{_segmenter.Name} has no map of where to ask; only Seedling has.");
        var search = new Search(this, seedling, new PromptPlan(ObjectnessMap.Of(seedling)));
        for (var i = 0; i < s_blocks.Length; i++)
        {
            progress?.Report(new GenerationProgress("finding masks", i + 1, steps));
            search.AskBlocks(s_blocks[i], isFirst: i == 0, cancellationToken);
        }

        progress?.Report(new GenerationProgress("finding masks", steps - 2, steps));
        search.AskPeaks(cancellationToken);
        search.AddRegions(image);
        progress?.Report(new GenerationProgress("drawing masks", steps - 1, steps));
        var result = search.Finish(cancellationToken);
        progress?.Report(new GenerationProgress("done", steps, steps));
        return result;
    }

    private sealed record Found(CellMask Cells, float Quality, Func<MaskProposal> Draw);

    private sealed class Search(SeedlingGenerator generator, SeedlingEmbedding embedding, PromptPlan plan)
    {
        private readonly SeedlingGeneratorOptions _options = generator.Options;
        private readonly ObjectnessMap _map = ObjectnessMap.Of(embedding);
        private readonly List<Found> _found = [];
        private int _asked;
        private int _candidates;
        private int _good;
        private float _bestQuality;
        private double _bestStability;

        public void AskBlocks(int side, bool isFirst, CancellationToken cancellationToken) =>
            Ask(plan.Blocks(side, isFirst ? null : Explained(), _options.MostPrompts - _asked), cancellationToken);

        public void AskPeaks(CancellationToken cancellationToken) => Ask(plan.Peaks(_options.MostPrompts - _asked), cancellationToken);

        public void AddRegions(RgbImage image)
        {
            if (_options.MostRegions == 0)
            {
                return;
            }

            var runs = new Lazy<ColumnRuns>(() => embedding.Regions.RunsOn(image));
            foreach (var region in embedding.Regions.Objects().Take(_options.MostRegions).TakeWhile(region => IsGood(region.Quality, _options.RegionIouThreshold)))
            {
                var cells = CellMask.Of(embedding.Regions.CellsOf(region, embedding.Frame.Cells), region.Survival);
                _found.Add(new Found(cells, region.Quality, () => new MaskProposal(runs.Value.MaskOf(region.Leaves), region.Quality) { StabilityScore = region.Survival }));
            }
        }

        public GenerationResult Finish(CancellationToken cancellationToken)
        {
            var kept = new List<Found>();
            foreach (var candidate in _found.OrderByDescending(found => found.Quality))
            {
                if (kept.TrueForAll(other => other.Cells.Iou(candidate.Cells) <= _options.NmsThreshold))
                {
                    kept.Add(candidate);
                }
            }

            var proposals = new MaskProposal[kept.Count];
            var parallel = new ParallelOptions { CancellationToken = cancellationToken };
            Parallel.For(0, kept.Count, parallel, i => proposals[i] = kept[i].Draw());
            return new GenerationResult(proposals, Report(kept.Count));
        }

        private void Ask(IReadOnlyList<int> cells, CancellationToken cancellationToken)
        {
            if (cells.Count == 0)
            {
                return;
            }

            _asked += cells.Count;
            PixelPoint[] points = [.. cells.Select(_map.PointOf)];
            var options = new PredictionOptions { QualityFloor = _options.PredIouThreshold };
            var answers = generator._segmenter.Predict(embedding, [.. points.Select(p => Prompt.Point(p.X, p.Y))], options, cancellationToken);
            for (var i = 0; i < answers.PromptCount * answers.MasksPerPrompt; i++)
            {
                var (prompt, mask) = Math.DivRem(i, answers.MasksPerPrompt);
                var quality = answers.Quality(prompt, mask);
                if (IsGood(quality, _options.PredIouThreshold))
                {
                    Consider(answers.Logits(prompt, mask), quality, points[prompt]);
                }
            }
        }

        private bool IsGood(float quality, double threshold)
        {
            var isGood = quality > threshold;
            _candidates++;
            _good += isGood ? 1 : 0;
            _bestQuality = Math.Max(_bestQuality, quality);
            return isGood;
        }

        private void Consider(MaskLogits logits, float quality, PixelPoint point)
        {
            var cells = CellMask.Of(logits, generator._segmenter.MaskThresholdLogit, _options.StabilityScoreOffset);
            _bestStability = Math.Max(_bestStability, cells.Stability);
            if (cells.Area > 0 && cells.Stability >= _options.StabilityScoreThreshold)
            {
                var own = new MaskLogits(logits.Values.ToArray(), logits.Width, logits.Height, logits.Frame); // lets the batch go
                _found.Add(new Found(cells, quality, () => Draw(own, quality, point)));
            }
        }

        // A cell of 8 pixels is explained when the middle of it lies in a mask that is not most of the image.
        private bool[] Explained()
        {
            var explained = new bool[_map.Width * _map.Height];
            var most = _options.LargestExplainingShare * embedding.Frame.Cells.PixelCount;
            foreach (var cells in _found.Select(found => found.Cells).Where(cells => cells.Area <= most))
            {
                for (var i = 0; i < explained.Length; i++)
                {
                    explained[i] |= cells[(((2 * (i / _map.Width)) + 1) * embedding.Frame.Cells.Width) + (2 * (i % _map.Width)) + 1];
                }
            }

            return explained;
        }

        private MaskProposal Draw(MaskLogits logits, float quality, PixelPoint point)
        {
            var cut = LogitThresholding.Cut(logits, generator._segmenter.MaskThresholdLogit, _options.StabilityScoreOffset);
            return new MaskProposal(cut.Mask, quality) { StabilityScore = cut.StabilityScore, PromptPoint = point };
        }

        private GenerationReport Report(int kept)
        {
            string? Advice(int before, int after, string text) => before > 0 && after == 0 ? text : null;
            return new GenerationReport(
            [
                new GenerationStage("pred_iou_thresh", _candidates, _good, Advice(_candidates, _good, FormattableString.Invariant($"the best predicted IoU was {_bestQuality:0.###}"))),
                new GenerationStage("stability_score_thresh", _good, _found.Count, Advice(_good, _found.Count, FormattableString.Invariant($"the best stability score was {_bestStability:0.###}"))),
                new GenerationStage("duplicates", _found.Count, kept),
            ]);
        }
    }
}
