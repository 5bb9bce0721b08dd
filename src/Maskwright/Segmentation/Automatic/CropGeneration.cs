using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Segmentation;

/// <summary>Finds the masks of one crop: asks for its points batch by batch, filters, and drops duplicates.</summary>
/// <remarks>segment-anything <c>_process_crop</c> and <c>_process_batch</c> at dca509f, filters in their order.</remarks>
internal sealed class CropGeneration(IPromptSegmenter segmenter, AutomaticMaskOptions options, ImageSize image, ImageCrop crop, GenerationTally tally)
{
    private double Threshold => options.MaskThresholdLogit ?? segmenter.MaskThresholdLogit;

    /// <summary>Finds the masks.</summary>
    /// <param name="pixels">The whole image.</param>
    /// <param name="grid">Points as fractions of the crop.</param>
    /// <param name="progress">Told once the crop is encoded and after every batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The masks in the frame of the image, best first.</returns>
    public IReadOnlyList<Candidate> Run(RgbImage pixels, IReadOnlyList<PixelPoint> grid, Action progress, CancellationToken cancellationToken)
    {
        using var embedding = segmenter.Encode(pixels.Crop(crop.Area), cancellationToken);
        progress();
        var found = new List<CropCandidate>();
        foreach (var fractions in grid.Chunk(options.PointsPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PixelPoint[] points = [.. fractions.Select(p => new PixelPoint(p.X * crop.Area.Width, p.Y * crop.Area.Height))];
            found.AddRange(Ask(embedding, points, cancellationToken));
            progress();
        }

        return Finish(found, cancellationToken);
    }

    /// <summary>Drops duplicates and places the rest in the image.</summary>
    /// <param name="found">Candidates, in the order of their points: of equally good ones the first stays.</param>
    /// <param name="cancellationToken">Stops between masks.</param>
    /// <returns>The masks in the frame of the image, best first.</returns>
    public IReadOnlyList<Candidate> Finish(List<CropCandidate> found, CancellationToken cancellationToken)
    {
        var kept = WithoutDuplicates(found);
        tally.BoxNms.Add(found.Count, kept.Count);
        var finished = new Candidate[kept.Count];
        ParallelLoop.Run(finished.Length, i => finished[i] = kept[i].Finish(Threshold, crop.Area, image), cancellationToken);
        return finished;
    }

    /// <summary>Answers a batch of points, in the frame of the crop, and keeps what is good and stable.</summary>
    public IEnumerable<CropCandidate> Ask(ImageEmbedding embedding, PixelPoint[] points, CancellationToken cancellationToken)
    {
        var floor = options.PredIouThreshold > 0 ? (float)options.PredIouThreshold : float.NegativeInfinity;
        var predictions = segmenter.Predict(
            embedding,
            [.. points.Select(point => Prompt.Point(point.X, point.Y))],
            new PredictionOptions { Multimask = true, QualityFloor = floor },
            cancellationToken);
        var promising = new List<(int Prompt, int Mask)>();
        for (var i = 0; i < predictions.PromptCount * predictions.MasksPerPrompt; i++)
        {
            var (prompt, mask) = Math.DivRem(i, predictions.MasksPerPrompt);
            var quality = predictions.Quality(prompt, mask);
            var isKept = options.PredIouThreshold <= 0 || quality > floor;
            tally.PredictedIou.Add(isKept, quality);
            if (isKept)
            {
                promising.Add((prompt, mask));
            }
        }

        return Cut(predictions, promising, points, cancellationToken);
    }

    private IEnumerable<CropCandidate> Cut(MaskPredictions predictions, List<(int Prompt, int Mask)> promising, PixelPoint[] points, CancellationToken cancellationToken)
    {
        var cuts = new MeasuredCut[promising.Count];
        var minimum = options.StabilityScoreThreshold > 0 ? (float)options.StabilityScoreThreshold : float.NegativeInfinity;
        ParallelLoop.Run(cuts.Length, i =>
        {
            var logits = predictions.Logits(promising[i].Prompt, promising[i].Mask);
            cuts[i] = LogitThresholding.Measure(logits, Threshold, options.StabilityScoreOffset, minimum, mostRuns: logits.Values.Length);
        }, cancellationToken);
        for (var i = 0; i < cuts.Length; i++)
        {
            tally.Stability.Add(cuts[i].IsStable, (float)cuts[i].Stability);
            if (cuts[i].IsStable && KeepsOffTheEdge(cuts[i].Bounds))
            {
                var (prompt, number) = promising[i];
                yield return CropCandidate.Of(cuts[i], predictions.Logits(prompt, number), predictions.Quality(prompt, number), points[prompt]);
            }
        }
    }

    private bool KeepsOffTheEdge(PixelRect boundsInCrop)
    {
        var isCutOff = crop.CutsOff(Candidate.InclusiveBox(boundsInCrop), image);
        tally.CropEdge.Add(!isCutOff);
        return !isCutOff;
    }

    private List<CropCandidate> WithoutDuplicates(List<CropCandidate> found)
    {
        var boxes = found.ConvertAll(candidate => Candidate.InclusiveBox(candidate.Bounds));
        float[] scores = [.. found.Select(candidate => candidate.Quality)];
        return [.. BoxNonMaximumSuppression.Keep(boxes, scores, options.BoxNmsThreshold).Select(i => found[i])];
    }
}
