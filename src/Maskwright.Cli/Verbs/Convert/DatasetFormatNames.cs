using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Verbs.Convert;

/// <summary>Finds formats by the names that users type.</summary>
internal static class DatasetFormatNames
{
    /// <exception cref="ToolException">There is no such format.</exception>
    public static IDatasetReader Reader(string name) =>
        DatasetFormats.Reader(name) ?? throw Unknown("--from", name, DatasetFormats.Readers.Select(reader => reader.FormatName));

    /// <exception cref="ToolException">There is no such format.</exception>
    public static IDatasetWriter Writer(string name) =>
        DatasetFormats.Writer(name) ?? throw Unknown("--to", name, DatasetFormats.Writers.Select(writer => writer.FormatName));

    /// <summary>The reader that recognises an input.</summary>
    /// <exception cref="ToolException">There is no such file, or none recognises it.</exception>
    public static IDatasetReader ReaderOf(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: there is no such file or folder");
        }

        return DatasetFormats.Detect(path) ?? throw new ToolException(
            ExitCode.SomeInputsFailed,
            $"{path}: looks like none of the formats that are read ({string.Join(", ", DatasetFormats.Readers.Select(reader => reader.FormatName))}); --from names one nevertheless");
    }

    private static ToolException Unknown(string option, string name, IEnumerable<string> names)
    {
        var all = names.ToList();
        var near = Spelling.Near(name, all).Take(2).ToList();
        return new ToolException(ExitCode.Usage, $"{option}: '{name}' is no format; {(near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : $"there are {string.Join(", ", all)}")}");
    }
}
