using System.Text;

namespace Maskwright.Formats.Folders;

/// <summary>Reads small text files, whose lines have bounds.</summary>
internal static class TextLines
{
    private const long MaxBytes = 256 << 20;

    /// <summary>All lines of a file in UTF-8.</summary>
    /// <exception cref="InvalidAnnotationException">The file is too large, or not text.</exception>
    public static string[] Read(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > MaxBytes)
        {
            throw new InvalidAnnotationException(path, null, $"is {length >> 20} MB; the objects of one image take at most {MaxBytes >> 20} MB");
        }

        try
        {
            return File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidAnnotationException(path, null, "is not text in UTF-8", e);
        }
    }
}
