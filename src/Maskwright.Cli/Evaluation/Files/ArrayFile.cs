using System.IO.Compression;
using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Cli.Evaluation.Files;

/// <summary>Reads label maps and label volumes from NumPy's <c>.npy</c> and <c>.npz</c> files.</summary>
internal static class ArrayFile
{
    /// <summary>Whether a file is one of these, by its ending.</summary>
    public static bool Is(string path) => FilePairing.Arrays.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads an array of labels.</summary>
    /// <param name="path">The file; of an archive its only array, or the one that is named.</param>
    /// <param name="arrayName">The name of an array of an archive; null for the only one.</param>
    /// <returns>Slices of one size: one for [H,W], D for [D,H,W].</returns>
    /// <exception cref="InvalidAnnotationException">It is no array of whole numbers or booleans of two or three axes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<LabelMap> Read(string path, string? arrayName)
    {
        var array = Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase) ? FromArchive(path, arrayName) : NpyReader.Read(path);
        if (array.ElementType is NpyElementType.Float16 or NpyElementType.Float32 or NpyElementType.Float64)
        {
            throw new InvalidAnnotationException(path, null, $"holds {array.ElementType} numbers; masks are booleans or whole numbers");
        }

        if (array.Shape.Count is not (2 or 3) || array.Count == 0)
        {
            throw new InvalidAnnotationException(path, null, $"has the shape [{string.Join(", ", array.Shape)}]; a mask is [H,W], a volume [D,H,W]");
        }

        try
        {
            return Slices(array.ToArray<int>(), array.Shape);
        }
        catch (OverflowException e)
        {
            throw new InvalidAnnotationException(path, null, "a label does not fit into 32 bit", e);
        }
    }

    private static LabelMap[] Slices(int[] labels, IReadOnlyList<int> shape)
    {
        var size = new ImageSize(shape[^1], shape[^2]);
        return [.. labels.Chunk((int)size.PixelCount).Select(slice => new LabelMap(size, slice))];
    }

    private static NpyArray FromArchive(string path, string? arrayName)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var entries = archive.Entries.Where(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal)).ToList();
            var chosen = arrayName is null ? entries : entries.FindAll(entry => Path.ChangeExtension(entry.FullName, null) == arrayName);
            if (chosen.Count != 1)
            {
                throw new InvalidAnnotationException(path, null, $"{(chosen.Count == 0 ? $"holds no array{(arrayName is null ? string.Empty : $" '{arrayName}'")}" : "holds several arrays; --array names one")}: {string.Join(", ", entries.Select(entry => Path.ChangeExtension(entry.FullName, null)))}");
            }

            using var stream = chosen[0].Open();
            return NpyReader.Read(stream, path);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidAnnotationException(path, null, $"is not a sound .npz archive: {e.Message}", e);
        }
    }
}
