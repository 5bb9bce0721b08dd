using Maskwright.Datasets;

namespace Maskwright.Formats.Datasets;

/// <summary>Reads data sets of one format.</summary>
/// <remarks>
/// Nothing is repaired in silence: what is wrong ends the reading with file and place, or is left out and told
/// (<see cref="DatasetReadOptions.Handle"/>). A reader is without state and may be used from several threads.
/// </remarks>
public interface IDatasetReader
{
    /// <summary>The format's short name, as the user types it; a writer of the same format has the same.</summary>
    string FormatName { get; }

    /// <summary>What the format is and which file or folder to name, in a few words.</summary>
    string Description { get; }

    /// <summary>Whether a file or folder looks like this format; looks at names and at the beginnings of files, and never throws for what it finds.</summary>
    /// <param name="path">A file or folder that exists.</param>
    bool Recognises(string path);

    /// <summary>Opens a data set: reads its categories and whatever else is needed to find the images; their objects are read as <see cref="AnnotatedDataset.Images"/> is gone through.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Looked at between items, also while images are gone through later.</param>
    /// <exception cref="InvalidAnnotationException">A file is damaged; the message names file, line and fault. The enumeration of the images throws it as well.</exception>
    /// <exception cref="InvalidImageException">A mask or an image whose size is needed cannot be read.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read; the message names it.</exception>
    AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default);
}
