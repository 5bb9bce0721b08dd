using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Datasets;

/// <summary>Chooses the reader or writer of a data set.</summary>
internal static class DatasetOpening
{
    /// <summary>The reader of the named format, or of the format that the file looks like.</summary>
    /// <param name="path">A file or folder that exists.</param>
    /// <param name="formatName">What the user typed; null for finding it out.</param>
    /// <exception cref="ToolException">There is no such format, or nothing recognises the file.</exception>
    public static IDatasetReader ReaderFor(string path, string? formatName)
    {
        if (formatName is null)
        {
            return DatasetFormats.Detect(path) ?? throw new ToolException(ExitCode.Usage, $"'{path}' is in no format that is known here; name it, if it is one of {Names()}");
        }

        var near = Spelling.Near(formatName, DatasetFormats.Readers.Select(reader => reader.FormatName)).FirstOrDefault();
        return DatasetFormats.Reader(formatName)
            ?? throw new ToolException(ExitCode.Usage, $"there is no format '{formatName}'; {(near is null ? string.Empty : $"did you mean {near}? ")}known are {Names()}");
    }

    /// <summary>The writer of the named format.</summary>
    /// <exception cref="ToolException">There is no such format.</exception>
    public static IDatasetWriter WriterFor(string formatName)
    {
        var names = DatasetFormats.Writers.Select(writer => writer.FormatName).ToList();
        var near = Spelling.Near(formatName, names).FirstOrDefault();
        return DatasetFormats.Writer(formatName)
            ?? throw new ToolException(ExitCode.Usage, $"there is no format '{formatName}' to write; {(near is null ? string.Empty : $"did you mean {near}? ")}known are {string.Join(", ", names)}");
    }

    private static string Names() => string.Join(", ", DatasetFormats.Readers.Select(reader => reader.FormatName));
}
