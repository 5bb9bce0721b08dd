using Maskwright.Formats.Images;
using Maskwright.Masks;
using NetVips;

namespace Maskwright.Formats.Labels;

/// <summary>Writes labels as a grey TIFF of 16 or 32 bits a pixel.</summary>
public static class LabelTiff
{
    /// <summary>Writes a file.</summary>
    /// <param name="labels">The labels, 0 and above.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="bits">16 or 32; null takes 16 where all labels are below 65536.</param>
    /// <exception cref="ArgumentException">A label is negative or does not fit into 16 bits.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(LabelMap labels, string path, int? bits = null)
    {
        var content = Encode(labels, bits);
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    /// <summary>The bytes of a file, packed without loss.</summary>
    /// <inheritdoc cref="Write" path="/param[@name!='path']"/>
    /// <exception cref="ArgumentException">A label is negative or does not fit into 16 bits.</exception>
    public static byte[] Encode(LabelMap labels, int? bits = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (bits is not (null or 16 or 32))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "Labels have 16 or 32 bits.");
        }

        var largest = Largest(labels, bits == 16 ? ushort.MaxValue : int.MaxValue);
        return bits == 32 || largest > ushort.MaxValue
            ? Encode(Array.ConvertAll(labels.Labels.ToArray(), label => (uint)label), labels, Enums.BandFormat.Uint, Enums.Interpretation.Multiband)
            : Encode(Array.ConvertAll(labels.Labels.ToArray(), label => (ushort)label), labels, Enums.BandFormat.Ushort, Enums.Interpretation.Grey16);
    }

    private static byte[] Encode<T>(T[] samples, LabelMap labels, Enums.BandFormat format, Enums.Interpretation interpretation)
        where T : unmanaged
    {
        VipsRuntime.EnsureReady();
        using var plain = Image.NewFromMemory(samples, labels.Size.Width, labels.Size.Height, 1, format);
        using var named = plain.Copy(interpretation: interpretation);
        return named.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate, keep: Enums.ForeignKeep.None);
    }

    private static int Largest(LabelMap labels, int most)
    {
        var largest = 0;
        foreach (var label in labels.Labels)
        {
            if (label < 0 || label > most)
            {
                throw new ArgumentException($"The label {label} does not fit: labels of 0 to {most} do.", nameof(labels));
            }

            largest = Math.Max(largest, label);
        }

        return largest;
    }
}
