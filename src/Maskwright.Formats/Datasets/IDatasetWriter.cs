using Maskwright.Datasets;

namespace Maskwright.Formats.Datasets;

/// <summary>Writes data sets in one format, image by image, whole or not at all.</summary>
/// <remarks>A writer is without state and may be used from several threads.</remarks>
public interface IDatasetWriter
{
    /// <summary>The format's short name, as the user types it; a reader of the same format has the same.</summary>
    string FormatName { get; }

    /// <summary>What the format is and what is written, in a few words.</summary>
    string Description { get; }

    /// <summary>What the format holds; what is missing here is counted as lost.</summary>
    DatasetFeatures Features { get; }

    /// <summary>Whether <c>path</c> of <see cref="Write"/> names a folder; otherwise it is one file.</summary>
    bool WritesFolder { get; }

    /// <summary>What the name of a result ends with by custom, such as <c>.json</c>; empty for a folder.</summary>
    string Suffix => WritesFolder ? string.Empty : ".json";

    /// <summary>Writes a data set.</summary>
    /// <param name="dataset">The data set; its images are gone through once, unless the writer's remarks say otherwise.</param>
    /// <param name="path">The file or folder to write; folders above it are made.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Looked at between images; nothing is left when it is cancelled.</param>
    /// <returns>What was written and what was lost.</returns>
    /// <exception cref="IOException">The result cannot be written, or exists and shall stay; the message names it.</exception>
    /// <exception cref="ArgumentException">The data set cannot be written: a mask has another size than its image, two images would share a file.</exception>
    LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default);
}
