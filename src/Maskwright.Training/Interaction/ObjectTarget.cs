using Maskwright.Geometry;
using Maskwright.Training.Data;

namespace Maskwright.Training.Interaction;

/// <summary>One object that prompts ask for, at full resolution for the clicks and at the logits' resolution for the loss.</summary>
internal sealed class ObjectTarget
{
    /// <summary>Crop pixels a logit cell.</summary>
    public const int Stride = 4;

    private readonly ushort[] _layer;
    private readonly LabelledObject _object;
    private readonly int _side;

    public ObjectTarget(TrainingCrop crop, LabelledObject wanted)
    {
        _layer = crop.Layers[wanted.Layer];
        _object = wanted;
        _side = crop.Side;
        Width = crop.Side / Stride;
        (Coverage, Known) = Reduce();
    }

    /// <summary>Logit cells across and down.</summary>
    public int Width { get; }

    /// <summary>[S/4,S/4] how much of a cell the object covers, 0 to 1.</summary>
    public float[] Coverage { get; }

    /// <summary>[S/4,S/4] the part of a cell about which something is known, 0 to 1.</summary>
    public float[] Known { get; }

    /// <summary>Crop pixels across and down.</summary>
    public int Side => _side;

    /// <summary>The visible part's rectangle, in crop pixels.</summary>
    public PixelRect Bounds => _object.Bounds;

    /// <summary>Whether a crop pixel belongs to the object.</summary>
    public bool Holds(int x, int y) => _layer[(y * _side) + x] == _object.Id;

    /// <summary>A pixel of the object, all equally likely.</summary>
    public (int X, int Y) RandomPixel(SampleRandom random)
    {
        var left = (long)(random.NextDouble() * _object.Area);
        for (var y = Bounds.Y; y < Bounds.Bottom; y++)
        {
            for (var x = Bounds.X; x < Bounds.Right; x++)
            {
                if (Holds(x, y) && left-- == 0)
                {
                    return (x, y);
                }
            }
        }

        return (Bounds.X, Bounds.Y);
    }

    /// <summary>The pixel deepest inside.</summary>
    public (int X, int Y) DeepestPixel()
    {
        var inside = new bool[Bounds.Area];
        for (int y = 0, i = 0; y < Bounds.Height; y++)
        {
            for (var x = 0; x < Bounds.Width; x++, i++)
            {
                inside[i] = Holds(Bounds.X + x, Bounds.Y + y);
            }
        }

        var (at, _) = ChamferDistance.Deepest(ChamferDistance.FromOutside(inside, Bounds.Width));
        return (Bounds.X + (at % Bounds.Width), Bounds.Y + (at / Bounds.Width));
    }

    private (float[] Coverage, float[] Known) Reduce()
    {
        const float Share = 1f / (Stride * Stride);
        var (coverage, known) = (new float[Width * Width], new float[Width * Width]);
        for (int y = 0, i = 0; y < Width * Stride; y++)
        {
            var row = y / Stride * Width;
            i = y * _side;
            for (var x = 0; x < Width * Stride; x++, i++)
            {
                var cell = row + (x / Stride);
                coverage[cell] += _layer[i] == _object.Id ? Share : 0;
                known[cell] += _layer[i] == ObjectLayers.Void ? 0 : Share;
            }
        }

        return (coverage, known);
    }
}
