using System.Numerics;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Training.Data;

/// <summary>The objects of one annotation of an image, packed into layers within which none overlap.</summary>
public sealed class ObjectLayers
{
    /// <summary>The number of a pixel that belongs to no object of its layer.</summary>
    public const ushort Nothing = 0;

    /// <summary>The number of a pixel about which nothing is known.</summary>
    public const ushort Void = ushort.MaxValue;

    private ObjectLayers(ImageSize size, IReadOnlyList<ushort[]> layers, IReadOnlyList<LabelledObject> objects, bool isExhaustive)
    {
        Size = size;
        Layers = layers;
        Objects = objects;
        IsExhaustive = isExhaustive;
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>[H,W] object numbers, row by row, a layer each; at least one layer.</summary>
    public IReadOnlyList<ushort[]> Layers { get; }

    /// <summary>The objects.</summary>
    public IReadOnlyList<LabelledObject> Objects { get; }

    /// <summary>Whether the pixels of no object truly show none.</summary>
    public bool IsExhaustive { get; }

    /// <summary>The bytes that the layers take.</summary>
    public long Bytes => Layers.Count * Size.PixelCount * sizeof(ushort);

    /// <summary>The pixels of an object.</summary>
    /// <param name="wanted">One of <see cref="Objects"/>.</param>
    internal BinaryMask MaskOf(LabelledObject wanted) => MaskOf(Layers[wanted.Layer], wanted.Id, wanted.Bounds);

    /// <summary>The pixels that no object claims and about which nothing is known; null where there are none.</summary>
    internal BinaryMask? Unknown()
    {
        var claimed = new BinaryMask(Size);
        Objects.ToList().ForEach(o => Join(claimed, MaskOf(o)));
        var unknown = MaskOf(Layers[0], Void, Size.Bounds);
        for (var i = 0; i < unknown.Words.Length; i++)
        {
            unknown.Words[i] &= ~claimed.Words[i];
        }

        return unknown.Area() == 0 ? null : unknown;
    }

    /// <summary>Packs masks, which may overlap, in their order: each goes to the first layer that has room for it.</summary>
    /// <param name="size">Width and height of the image and of every mask.</param>
    /// <param name="masks">The objects; empty masks are left out.</param>
    /// <param name="unknown">Pixels about which nothing is known; null for none.</param>
    /// <param name="isExhaustive">Whether all objects of the image are among the masks.</param>
    /// <param name="classes">What each mask is, 1 for the first class; null for 1 each.</param>
    /// <exception cref="ArgumentException">A mask has another size, there are more than 65,534 masks, or not as many classes as masks.</exception>
    public static ObjectLayers FromMasks(ImageSize size, IReadOnlyList<BinaryMask> masks, BinaryMask? unknown = null, bool isExhaustive = false, IReadOnlyList<int>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (masks.Count >= Void || masks.Any(mask => mask.Size != size))
        {
            throw new ArgumentException($"At most {Void - 1} masks, all of {size}, can be packed.", nameof(masks));
        }

        if (classes is not null && classes.Count != masks.Count)
        {
            throw new ArgumentException($"{masks.Count} masks need as many classes, not {classes.Count}.", nameof(classes));
        }

        var occupied = new List<BinaryMask> { new(size) };
        var layers = new List<ushort[]> { new ushort[size.PixelCount] };
        var objects = new List<LabelledObject>();
        foreach (var (place, mask) in masks.Index().Where(m => m.Item.Area() > 0))
        {
            var layer = occupied.FindIndex(other => !Overlap(other, mask));
            if (layer < 0)
            {
                layer = layers.Count;
                occupied.Add(new BinaryMask(size));
                layers.Add(new ushort[size.PixelCount]);
            }

            objects.Add(new LabelledObject(layer, (ushort)(objects.Count + 1), mask.Area(), mask.Bounds()) { Class = classes?[place] ?? 1 });
            Write(mask, layers[layer], objects[^1].Id);
            Join(occupied[layer], mask);
        }

        MarkUnknown(layers, unknown);
        return new ObjectLayers(size, layers, objects, isExhaustive);
    }

    // What a mask claims is known in its layer, whatever the rest says.
    private static void MarkUnknown(List<ushort[]> layers, BinaryMask? unknown)
    {
        if (unknown is null)
        {
            return;
        }

        foreach (var layer in layers)
        {
            var marked = new ushort[layer.Length];
            Write(unknown, marked, Void);
            for (var i = 0; i < layer.Length; i++)
            {
                layer[i] = layer[i] == Nothing ? marked[i] : layer[i];
            }
        }
    }

    private BinaryMask MaskOf(ushort[] layer, ushort id, PixelRect bounds)
    {
        var mask = new BinaryMask(Size);
        for (var y = bounds.Y; y < bounds.Bottom; y++)
        {
            var words = mask.Row(y);
            for (var x = bounds.X; x < bounds.Right; x++)
            {
                words[x >> 6] |= (layer[(y * Size.Width) + x] == id ? 1UL : 0) << (x & 63);
            }
        }

        return mask;
    }

    private static bool Overlap(BinaryMask one, BinaryMask other)
    {
        ReadOnlySpan<ulong> a = one.Words, b = other.Words;
        for (var i = 0; i < a.Length; i++)
        {
            if ((a[i] & b[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Join(BinaryMask target, BinaryMask mask)
    {
        for (var i = 0; i < target.Words.Length; i++)
        {
            target.Words[i] |= mask.Words[i];
        }
    }

    private static void Write(BinaryMask mask, ushort[] layer, ushort id)
    {
        for (var y = 0; y < mask.Height; y++)
        {
            var words = mask.Row(y);
            var row = layer.AsSpan(y * mask.Width, mask.Width);
            for (var i = 0; i < words.Length; i++)
            {
                for (var word = words[i]; word != 0; word &= word - 1)
                {
                    row[(i << 6) + BitOperations.TrailingZeroCount(word)] = id;
                }
            }
        }
    }
}
