using Maskwright.Cli.Evaluation.Files;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Bsds;

/// <summary>The images of a benchmark with the predicted file of each, and the thresholds that they are measured at.</summary>
internal sealed class BerkeleyFiles
{
    private BerkeleyFiles(IReadOnlyList<(BerkeleyTruth Truth, IReadOnlyList<string> Predictions)> images, double[] thresholds) => (Images, Thresholds) = (images, thresholds);

    public IReadOnlyList<(BerkeleyTruth Truth, IReadOnlyList<string> Predictions)> Images { get; }

    public double[] Thresholds { get; }

    /// <summary>Pairs a ground truth with predictions.</summary>
    /// <param name="truth">A folder or table.</param>
    /// <param name="predictions">Folders.</param>
    /// <param name="thresholds">How many thresholds for hierarchies and strengths.</param>
    /// <param name="wantsRegions">Whether regions are measured.</param>
    /// <param name="omissions">Told of images without prediction.</param>
    /// <exception cref="ToolException">Something is not there, or nothing fits.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BerkeleyFiles Find(string truth, IReadOnlyList<string> predictions, int thresholds, bool wantsRegions, Omissions omissions)
    {
        if (predictions.Prepend(truth).FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{missing}: there is no such file or folder");
        }

        if (predictions.FirstOrDefault(path => !Directory.Exists(path)) is { } file)
        {
            throw new ToolException(ExitCode.Usage, $"{file}: is a file; predictions are folders with a file for each image");
        }

        var listings = predictions.Select(folder => FilePairing.Listing(folder, BerkeleyPrediction.Endings)).ToList();
        var images = new List<(BerkeleyTruth Truth, IReadOnlyList<string> Predictions)>();
        foreach (var image in BerkeleyTruth.Find(truth))
        {
            var lacking = Enumerable.Range(0, listings.Count).Where(i => !listings[i].ContainsKey(image.Name)).ToList();
            lacking.ForEach(i => omissions.Report($"{predictions[i]}: has no file for {image.Name}"));
            if (lacking.Count == 0)
            {
                images.Add((image, [.. listings.Select(listing => listing[image.Name])]));
            }
        }

        return images.Count > 0
            ? new BerkeleyFiles(images, ThresholdsFor(images[0].Predictions, thresholds, wantsRegions))
            : throw new ToolException(ExitCode.SomeInputsFailed, $"{truth}: no image has a counterpart of the same name in every prediction");
    }

    // Lists of segmentations are numbered; hierarchies and strengths are cut at even thresholds.
    private static double[] ThresholdsFor(IReadOnlyList<string> predictions, int thresholds, bool wantsRegions)
    {
        var own = predictions.Select(path => BerkeleyPrediction.Read(path, wantsRegions).OwnCount).Distinct().ToList();
        return own.Count > 1 ? throw new ToolException(ExitCode.Usage, "predictions with different numbers of segmentations cannot be compared at the same thresholds: measure them one by one")
            : own[0] is { } count ? [.. Enumerable.Range(1, count).Select(i => (double)i)]
            : BoundaryBenchmark.EvenThresholds(thresholds);
    }
}
