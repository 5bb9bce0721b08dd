using Maskwright.Formats.Datasets;
using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Masks in a NumPy array: [H,W] a mask or labels, [N,H,W] one mask a layer. Written back as what they were.</summary>
internal sealed class NpyMasks
{
    private readonly bool _isStack;
    private readonly bool _isMask;
    private readonly int[] _values;

    private NpyMasks(ImageSize size, bool isStack, bool isMask, int[] values, IEnumerable<RunLengthMask> masks) =>
        (Size, _isStack, _isMask, _values, Masks) = (size, isStack, isMask, values, [.. masks.Select((mask, i) => new StepMask(mask, i))]);

    public ImageSize Size { get; }

    public IReadOnlyList<StepMask> Masks { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidAnnotationException">The array has another shape, or values that are no labels.</exception>
    public static NpyMasks Read(string path)
    {
        var array = NpyReader.Read(path);
        if (array.Shape.Count is not (2 or 3) || array.Shape.Contains(0) || array.ElementType is NpyElementType.Float16 or NpyElementType.Float32 or NpyElementType.Float64)
        {
            throw new InvalidAnnotationException(path, null, $"has {array.ElementType} values of shape [{string.Join(", ", array.Shape)}]; masks are whole numbers or booleans, [H,W] or [N,H,W]");
        }

        var (values, size) = (Values(array, path), new ImageSize(array.Shape[^1], array.Shape[^2]));
        if (array.Shape.Count == 3)
        {
            var layers = Enumerable.Range(0, array.Shape[0]).Select(i => Layer(values.AsSpan(i * (int)size.PixelCount, (int)size.PixelCount), size));
            return new NpyMasks(size, isStack: true, isMask: false, [.. Enumerable.Range(0, array.Shape[0])], layers);
        }

        var masks = LabelRuns.Of(new LabelMap(size, values));
        return new NpyMasks(size, isStack: false, array.ElementType == NpyElementType.Boolean || masks.Count <= 1, [.. masks.Keys], masks.Values);
    }

    public string NameOf(int source) => _isStack ? $"layer {source}" : _isMask ? "the mask" : $"label {_values[source]}";

    /// <summary>Writes the masks: a stack of booleans; for a single mask booleans; for labels 32-bit numbers, small masks over large ones.</summary>
    public void Write(IReadOnlyList<StepMask> masks, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a file has a folder
        if (_isStack || (_isMask && masks.Count <= 1))
        {
            var stack = Bits(_isStack ? masks : masks.Count == 1 ? masks : [new StepMask(RunLengthMask.Empty(Size), 0)]);
            NpyWriter.Write<bool>(path, stack, _isStack ? [masks.Count, Size.Height, Size.Width] : [Size.Height, Size.Width]);
            return;
        }

        var labels = LabelNumbers.Paint(Size, masks, _values, _isMask);
        NpyWriter.Write<int>(path, labels.Labels.ToArray(), [Size.Height, Size.Width]);
    }

    private static int[] Values(NpyArray array, string path)
    {
        try
        {
            var values = array.ToArray<int>();
            return values.AsSpan().IndexOfAnyInRange(int.MinValue, -1) < 0 ? values
                : throw new InvalidAnnotationException(path, null, "has a negative value; labels are 0 and above");
        }
        catch (OverflowException e)
        {
            throw new InvalidAnnotationException(path, null, $"has a value above {int.MaxValue}, the largest label", e);
        }
    }

    private static RunLengthMask Layer(ReadOnlySpan<int> values, ImageSize size)
    {
        var mask = new BinaryMask(size);
        for (var i = 0; i < values.Length; i++)
        {
            var (y, x) = Math.DivRem(i, size.Width);
            mask.Row(y)[x >> 6] |= (values[i] != 0 ? 1UL : 0) << (x & 63);
        }

        return RunLengthMask.FromMask(mask);
    }

    private bool[] Bits(IReadOnlyList<StepMask> masks)
    {
        var bits = new bool[checked((int)(masks.Count * Size.PixelCount))];
        for (var m = 0; m < masks.Count; m++)
        {
            var mask = masks[m].Mask.ToBinaryMask();
            for (var i = 0; i < Size.PixelCount; i++)
            {
                bits[(m * Size.PixelCount) + i] = mask[i % Size.Width, i / Size.Width];
            }
        }

        return bits;
    }
}
