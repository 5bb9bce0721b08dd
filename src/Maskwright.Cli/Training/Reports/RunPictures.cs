using System.Text.Json;
using Maskwright.Formats;
using Maskwright.Formats.Images;
using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Training.Validation;

namespace Maskwright.Cli.Training.Reports;

/// <summary>Example photos of a run beside what they truly show and what the network made of them, kept in the run's folder.</summary>
/// <param name="Step">Steps done when they were made.</param>
/// <param name="Names">What the photos are called; their files are 1.jpg, 2.jpg, ...</param>
/// <param name="Classes">What the colours of labels 0, 1, ... stand for; an empty name for what stays as it is, no names where colours tell objects apart. Grey is not known then.</param>
internal sealed record RunPictures(long Step, IReadOnlyList<string> Names, IReadOnlyList<string> Classes)
{
    private const string Index = "examples.json";
    private const int Side = 320;
    private const int Gap = 6;
    private const byte Paper = 250;
    private const int JpegQuality = 85;

    /// <summary>The photo, what it shows, and the answer, side by side.</summary>
    public static RgbImage Panel(ValidationExample example)
    {
        RgbImage[] parts =
        [
            Small(example.Image),
            Small(LabelTint.Paint(example.Image, example.Truth, example.BackgroundLabel, example.VoidLabel)),
            Small(LabelTint.Paint(example.Image, Answered(example), example.BackgroundLabel, example.VoidLabel)),
        ];
        var (width, height) = (parts[0].Width, parts[0].Height);
        var panel = new byte[3 * ((3 * width) + (2 * Gap)) * height];
        Array.Fill(panel, Paper);
        for (var row = 0; row < height; row++)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i].Pixels.Slice(3 * row * width, 3 * width).CopyTo(panel.AsSpan(3 * ((row * ((3 * width) + (2 * Gap))) + (i * (width + Gap)))));
            }
        }

        return new RgbImage((3 * width) + (2 * Gap), height, panel);
    }

    /// <summary>Writes the examples of a judgement over those of the last.</summary>
    public static void Write(string folder, ValidationReport report)
    {
        Directory.CreateDirectory(folder);
        foreach (var (i, example) in report.Examples.Index())
        {
            ImageWriter.WriteJpeg(Panel(example), Place(folder, i), JpegQuality);
        }

        var index = new RunPictures(report.Step, [.. report.Examples.Select(example => example.Name)], ClassesOf(report));
        AtomicFile.Write(Path.Combine(folder, Index), stream => JsonSerializer.Serialize(stream, index));
    }

    /// <summary>The examples of a run; null where there are none.</summary>
    public static RunPictures? Read(string folder)
    {
        var path = Path.Combine(folder, Index);
        return File.Exists(path) ? JsonSerializer.Deserialize<RunPictures>(File.ReadAllText(path)) : null;
    }

    /// <summary>The file of an example.</summary>
    public static string Place(string folder, int number) => Path.Combine(folder, $"{number + 1}.jpg");

    private static string[] ClassesOf(ValidationReport report) => report.Examples is [{ VoidLabel: not null } first, ..]
        ? [.. report.Groups.Keys.Select((name, label) => label == first.BackgroundLabel ? string.Empty : name)]
        : [];

    // Where the truth is not known, the answer counts for nothing and is not shown.
    private static LabelMap Answered(ValidationExample example) => example.VoidLabel is { } unknown
        ? new LabelMap(example.Found.Size, [.. example.Found.Labels.ToArray().Zip(example.Truth.Labels.ToArray(), (found, truth) => truth == unknown ? unknown : found)])
        : example.Found;

    private static RgbImage Small(RgbImage image)
    {
        var scale = Math.Min(1, (double)Side / image.Width);
        return PillowResize.Resize(image, new ImageSize(Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale))));
    }
}
