using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>How sure a model is of each class at every pixel of an image.</summary>
public sealed class ClassProbabilities
{
    private readonly float[] _planes;

    /// <summary>Wraps probabilities without copying them.</summary>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="classNames">K names; the index is the class's number.</param>
    /// <param name="planes">[K,H,W], each in [0,1]; those of a pixel have the sum 1.</param>
    /// <exception cref="ArgumentException">The array does not hold one number for every class and pixel.</exception>
    public ClassProbabilities(ImageSize size, IReadOnlyList<string> classNames, float[] planes)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(planes);
        if (planes.LongLength != classNames.Count * size.PixelCount)
        {
            throw new ArgumentException($"{classNames.Count} classes on {size} have {classNames.Count * size.PixelCount} probabilities, not {planes.LongLength}.", nameof(planes));
        }

        (Size, ClassNames, _planes) = (size, classNames, planes);
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>The class names; the index is the class's number.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The probabilities of one class, [H,W], row by row.</summary>
    /// <param name="number">The class, from 0.</param>
    public ReadOnlySpan<float> Plane(int number) => _planes.AsSpan(checked(number * (int)Size.PixelCount), (int)Size.PixelCount);

    /// <summary>The most probable class of every pixel; of equal ones the first.</summary>
    public LabelMap Labels()
    {
        var labels = new int[Size.PixelCount];
        for (var number = 1; number < ClassNames.Count; number++)
        {
            var plane = Plane(number);
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = plane[i] > Plane(labels[i])[i] ? number : labels[i];
            }
        }

        return new LabelMap(Size, labels);
    }
}
