using System.Globalization;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Prompts;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;

namespace Maskwright.Bench.Evaluation;

/// <summary>Writes down what one click could have given: all masks of Seedling and of the regions, their qualities, their likeness, and how right each is.</summary>
/// <remarks>To work out how one mask should be chosen. Columns: set, then for each of 7 candidates quality and IoU, then the 49 IoU among them.</remarks>
internal sealed class ChoiceTable(PoolOptions options, string? weights)
{
    private const int RegionSide = 384;

    /// <summary>Clicks once on every object drawn.</summary>
    /// <param name="path">The table to write.</param>
    public void Write(string path)
    {
        using var seedling = weights is null ? SeedlingSegmenter.BuiltIn() : SeedlingSegmenter.Load(weights);
        using var classic = new ClassicSegmenter(new ClassicOptions { WorkingSide = RegionSide });
        using var writer = new StreamWriter(path);
        var images = PromptData.Read(Path.Combine(options.MasksFolder, options.Pool + ".tsv"), null, CancellationToken.None)
            .Where(image => options.Sets.Count == 0 || options.Sets.Contains(image.Set));
        foreach (var sample in PromptSample.Draw(images, options.ImagesPerSet, options.ObjectsPerImage, options.Seed, new Omissions(keepsGoing: false, Console.Error), CancellationToken.None))
        {
            var image = ImageReader.Read(sample.Image.Path);
            using var seen = seedling.Encode(image);
            using var regions = classic.Encode(image);
            var all = sample.Image.ReadObjects(CancellationToken.None);
            foreach (var target in sample.Objects.Select(position => all[position].Target))
            {
                if (new RobotUser(target.Mask, target.Ignored).Next(null) is { } click)
                {
                    var prompt = new Prompt { Points = [click] };
                    MaskProposal[] candidates = [.. seedling.Decode(seen, prompt, multimask: false), .. seedling.Decode(seen, prompt), .. classic.Decode(regions, prompt)];
                    writer.WriteLine(Line(sample.Image.Set, candidates, target));
                }
            }
        }
    }

    private static string Line(string set, MaskProposal[] candidates, PromptTarget target)
    {
        BinaryMask[] masks = [.. candidates.Select(candidate => candidate.Mask.ToBinaryMask())];
        var numbers = candidates.SelectMany((candidate, i) => new[] { candidate.PredictedIou, PromptQuality.Iou(masks[i], target.Mask, target.Ignored) })
            .Concat(masks.SelectMany(a => masks.Select(b => MaskOverlap.Of(a, b).Iou)));
        return string.Join('\t', numbers.Select(number => number.ToString("0.#####", CultureInfo.InvariantCulture)).Prepend(set));
    }
}
