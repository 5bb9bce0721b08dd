namespace Maskwright.Formats;

/// <summary>Writes the masks of one image in one file format.</summary>
/// <remarks>Writers hold no state between calls. A file appears whole or not at all; a folder likewise.</remarks>
public interface IMaskWriter
{
    /// <summary>The name by which a user asks for the format: lower case, without spaces.</summary>
    string FormatName { get; }

    /// <summary>What follows the image's name in the name of the result, extension included; empty for a folder of the image's name.</summary>
    /// <remarks>A format with one file a mask puts the mask's number before the extension when there are several.</remarks>
    string Suffix { get; }

    /// <summary>What comes out, in one line without a full stop.</summary>
    string Description { get; }

    /// <summary>Writes the masks.</summary>
    /// <param name="request">The image, its masks, and where they go.</param>
    /// <param name="cancellationToken">Looked at between masks; what was begun is removed again.</param>
    /// <returns>The files and folders that were written, in order; empty when the format has one file a mask and there is no mask.</returns>
    /// <exception cref="IOException">Something could not be written; the message names the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The place may not be written to; the message names the path.</exception>
    /// <exception cref="ArgumentException">A mask has another size than the image.</exception>
    IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default);
}
