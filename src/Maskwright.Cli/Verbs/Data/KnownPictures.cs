using Maskwright.Formats.Images;
using Maskwright.Images;

namespace Maskwright.Cli.Verbs.Data;

/// <summary>Reads the pictures of a data set, and remembers where they lie.</summary>
internal sealed class KnownPictures
{
    private readonly Dictionary<(string Part, string Image), string> _paths = [];

    /// <summary>Reads a picture of a part of the data.</summary>
    public RgbImage Read(string part, string name, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        _paths[(part, name)] = path;
        return ImageReader.Read(path, cancellationToken: cancellationToken);
    }

    /// <summary>Reads a picture again that was read before; null when it cannot be read any more.</summary>
    public RgbImage? ReadAgain(string part, string name)
    {
        try
        {
            return _paths.TryGetValue((part, name), out var path) ? ImageReader.Read(path) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
