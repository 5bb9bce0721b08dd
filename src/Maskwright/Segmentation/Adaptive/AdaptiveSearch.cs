using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>One image's search for masks, batch after batch where the answers so far leave most open.</summary>
internal sealed class AdaptiveSearch(IPromptSegmenter segmenter, AdaptiveMaskOptions options, ImageEmbedding embedding, Deadline deadline)
{
    // Smaller batches follow the answers more closely; larger ones are hardly faster.
    private const int PointsAtOnce = 16;

    private readonly GenerationTally _tally = new();
    private readonly IReadOnlyList<PixelPoint> _grid = PointGrid.Regular(options.Masks.PointsPerSide);
    private readonly PointSchedule _schedule = new(options.Masks.PointsPerSide, Math.Min(options.CoarseStep, options.Masks.PointsPerSide));
    private readonly List<(int Point, CropCandidate Candidate)> _found = [];
    private readonly ImageSize _image = embedding.ImageSize;

    private double Threshold => options.Masks.MaskThresholdLogit ?? segmenter.MaskThresholdLogit;

    /// <summary>Searches until the wanted share of points is asked or the time is over.</summary>
    public GenerationResult Run(IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        var generation = new CropGeneration(segmenter, options.Masks, _image, new ImageCrop(_image.Bounds, Layer: 0), _tally);
        var wanted = Math.Max(1, (int)Math.Round(options.PointShare * _grid.Count));
        var asked = 0;
        while (asked < wanted && (asked == 0 || !deadline.IsOver))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new GenerationProgress("finding masks", asked, wanted));
            var batch = _schedule.Next(Math.Min(wanted - asked, Math.Min(PointsAtOnce, options.Masks.PointsPerBatch)));
            Ask(generation, batch, cancellationToken);
            asked += batch.Count;
        }

        progress?.Report(new GenerationProgress("drawing masks", asked, wanted));
        var ordered = _found.OrderBy(found => found.Point).Select(found => found.Candidate).ToList(); // as the exact grid has them, for equal scores
        var masks = Clean(generation.Finish(ordered, cancellationToken), cancellationToken);
        var explained = masks.Count == 0 ? 0 : RunLengthMask.Union(masks.Select(mask => mask.Mask)).Area / (double)_image.PixelCount;
        var coverage = new GenerationCoverage(asked, _grid.Count, explained, EndedByBudget: asked < wanted);
        return new GenerationResult([.. masks.Select(mask => mask.ToProposal())], _tally.Finish(options.Masks) with { Coverage = coverage });
    }

    private void Ask(CropGeneration generation, IReadOnlyList<int> batch, CancellationToken cancellationToken)
    {
        PixelPoint[] points = [.. batch.Select(i => new PixelPoint(_grid[i].X * _image.Width, _grid[i].Y * _image.Height))];
        var numbers = batch.Select((number, i) => (points[i], number)).ToDictionary();
        var answers = generation.Ask(embedding, points, cancellationToken).Select(candidate => (Point: numbers[candidate.Point], Candidate: candidate)).ToList();
        _found.AddRange(answers);
        var masks = new BinaryMask[answers.Count];
        ParallelLoop.Run(masks.Length, i => masks[i] = MaskOf(answers[i].Candidate).ToBinaryMask(), cancellationToken);
        foreach (var ofPoint in Enumerable.Range(0, masks.Length).GroupBy(i => answers[i].Point))
        {
            Note([.. ofPoint.Select(i => masks[i])]);
        }
    }

    private void Note(BinaryMask[] masksOfPoint)
    {
        var areas = Array.ConvertAll(masksOfPoint, mask => mask.Area());
        var most = options.LargestExplainingShare * _image.PixelCount;
        for (var i = 0; i < masksOfPoint.Length; i++)
        {
            var mask = masksOfPoint[i];
            bool[] covered = [.. _grid.Select(p => mask[(int)(p.X * _image.Width), (int)(p.Y * _image.Height)])];
            _schedule.Note(covered, areas[i] <= most, areas[i] == areas.Min());
        }
    }

    private RunLengthMask MaskOf(CropCandidate candidate) =>
        candidate.Mask ?? LogitThresholding.Cut(candidate.Logits!, Threshold, stabilityOffset: 0).Mask; // one of the two is there

    private IReadOnlyList<Candidate> Clean(IReadOnlyList<Candidate> found, CancellationToken cancellationToken)
    {
        if (options.Masks.MinMaskRegionArea == 0)
        {
            return found;
        }

        var clean = SmallRegionCleaning.Apply(found, options.Masks, cancellationToken);
        _tally.SmallRegions.Add(found.Count, clean.Count);
        return clean;
    }
}
