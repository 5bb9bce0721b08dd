using System.Buffers.Binary;
using System.Globalization;
using Maskwright.Formats.Png;
using Maskwright.Segmentation;

namespace Maskwright.Formats.Classes;

/// <summary>Writes how sure the model is of each class: a grey PNG of 16 bit for every class that it knows, white where it is certain.</summary>
public sealed class ClassProbabilitiesWriter : IMaskWriter
{
    /// <summary><see cref="IMaskWriter.FormatName"/> of this format.</summary>
    public const string Name = "class-probabilities";

    /// <inheritdoc/>
    public string FormatName => Name;

    /// <inheritdoc/>
    public string Suffix => ".probability.png";

    /// <inheritdoc/>
    public string Description => "STEM.probability-NUMBER.png for every class, from 0, 16 bit, 65535 where it is certain";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var probabilities = request.Probabilities ?? throw new ArgumentException($"There are no probabilities of classes for {request.FileName}.", nameof(request));
        if (probabilities.Size != request.Size)
        {
            throw new ArgumentException($"The probabilities are {probabilities.Size}, but the image {request.FileName} is {request.Size}.", nameof(request));
        }

        var paths = new List<string>();
        for (var number = 0; number < probabilities.ClassNames.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var suffix = string.Create(CultureInfo.InvariantCulture, $".probability-{number}.png");
            var path = OutputPlace.PrepareFile(request, request.PathFor(suffix));
            var chosen = number;
            AtomicFile.Write(path, stream => WritePlane(stream, probabilities, chosen));
            paths.Add(path);
        }

        return paths;
    }

    private static void WritePlane(Stream stream, ClassProbabilities probabilities, int number)
    {
        var width = probabilities.Size.Width;
        var plane = probabilities.Plane(number);
        using var png = new PngFile(stream, probabilities.Size, PngPixels.Grey16);
        var row = new byte[2 * width];
        for (var y = 0; y < probabilities.Size.Height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var share = Math.Clamp(plane[(y * width) + x], 0, 1);
                BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(2 * x), (ushort)MathF.Round(share * ushort.MaxValue));
            }

            png.WriteRow(row);
        }

        png.Complete();
    }
}
