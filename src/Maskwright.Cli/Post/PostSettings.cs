using Maskwright.Formats.Datasets;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>What was asked for, read and checked.</summary>
internal sealed record PostSettings(IReadOnlyList<PostProcessingStep> Steps, PhotoFinder Photos, string Output, bool OutputIsFile)
{
    /// <summary>The format to write; null keeps each input's own.</summary>
    public IDatasetWriter? Writer { get; init; }

    /// <summary>How a single image is read: as a mask, as labels, or by what it holds.</summary>
    public string ReadAs { get; init; } = "auto";

    public bool Overwrite { get; init; }

    public bool KeepsGoing { get; init; }

    /// <summary>The format that inputs of data sets are in; null finds out.</summary>
    public IDatasetReader? Reader { get; init; }

    /// <summary>Where the result of an input goes.</summary>
    /// <param name="name">The result's name inside the output folder.</param>
    /// <param name="input">The input, which is never replaced.</param>
    /// <exception cref="ToolException">It is there already, or is the input itself.</exception>
    public string Place(string name, string input)
    {
        var path = OutputIsFile ? Output : Path.Combine(Output, name);
        if (Path.GetFullPath(path) == Path.GetFullPath(input))
        {
            throw new ToolException(ExitCode.Usage, $"{path}: is the input itself; name another place with --output");
        }

        return Overwrite || !(File.Exists(path) || Directory.Exists(path)) ? path
            : throw new ToolException(ExitCode.SomeInputsFailed, $"{path} is there already: --overwrite replaces it");
    }
}
