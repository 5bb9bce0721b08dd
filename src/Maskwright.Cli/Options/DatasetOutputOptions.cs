using System.CommandLine;
using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Options;

/// <summary>Which data set to write, and how.</summary>
internal sealed class DatasetOutputOptions : OptionGroup
{
    private static readonly (string Name, ShapeEncoding Encoding)[] s_shapes =
    [
        ("as-given", ShapeEncoding.AsGiven),
        ("polygons", ShapeEncoding.Polygons),
        ("rle", ShapeEncoding.RunLengths),
        ("uncompressed-rle", ShapeEncoding.UncompressedRunLengths),
    ];

    public DatasetOutputOptions()
    {
        To.CompletionSources.Add([.. DatasetFormats.Writers.Select(writer => writer.FormatName)]);
        Shapes.AcceptOnlyFromAmong([.. s_shapes.Select(shape => shape.Name)]);
        Simplify.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(result.GetValueOrDefault<double>() is >= 0 and <= 1000))
            {
                result.AddError("--simplify must be a number of pixels, 0 to 1000.");
            }
        });
    }

    public Option<string> To { get; } = new("--to") { Description = "The format to write, see below.", HelpName = "format", Required = true };

    public Option<string> Output { get; } = new("--output", "-o") { Description = "The file or folder to write.", HelpName = "path", Required = true };

    public Option<string> Shapes { get; } = new("--shapes")
    {
        Description = "Where the format knows both: as-given keeps polygons and pixels exactly; polygons, rle and uncompressed-rle make everything that.",
        HelpName = "kind",
        DefaultValueFactory = _ => s_shapes[0].Name,
    };

    public Option<double> Simplify { get; } = new("--simplify")
    {
        Description = "How far polygons made from masks may leave the outline, in pixels, to save corners. 0 keeps every pixel. [default: 0]",
        HelpName = "pixels",
    };

    public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replace an earlier result." };

    public override string Title => "Output";

    public override IReadOnlyList<Option> Options => [To, Output, Shapes, Simplify, Overwrite];

    public override (string Title, IReadOnlyList<(string Name, string Text)> Rows)? Values =>
        ("Formats that are written", [.. DatasetFormats.Writers.Select(writer => (writer.FormatName, writer.Description))]);

    /// <summary>Reads how to write.</summary>
    public DatasetWriteOptions Read(ParseResult parsed, string? imageFolder) => new()
    {
        Overwrite = parsed.GetValue(Overwrite),
        Shapes = s_shapes.First(shape => shape.Name == parsed.GetValue(Shapes)).Encoding,
        SimplifyTolerancePixels = parsed.GetValue(Simplify),
        ImageFolder = imageFolder,
    };
}
