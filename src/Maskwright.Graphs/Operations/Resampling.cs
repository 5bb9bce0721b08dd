namespace Maskwright.Graphs.Operations;

/// <summary>How a resized map reads between the pixels of the old one.</summary>
public enum Interpolation
{
    /// <summary>The pixel at floor(x * old/new): PyTorch's <c>nearest</c>.</summary>
    Nearest,

    /// <summary>Weighted by distance from the four pixels around, without smoothing when it shrinks.</summary>
    Bilinear,
}

/// <summary>A map at another size: [B,C,H,W] to [B,C,H',W'].</summary>
/// <param name="Height">H', which may be another tensor's height or a multiple of this one's.</param>
/// <param name="Width">W'.</param>
/// <param name="Mode">How to read between pixels.</param>
/// <param name="AlignCorners">
/// For <see cref="Interpolation.Bilinear"/>: whether the centres of the corner pixels fall on one another; otherwise the outer borders do (half-pixel centres).
/// </param>
public sealed record Resize2d(Dim Height, Dim Width, Interpolation Mode, bool AlignCorners = false) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Require(inputs[0].Shape.Count == 4, $"a resize takes [B, C, H, W], not {inputs[0].Shape}");
        Require(!AlignCorners || Mode == Interpolation.Bilinear, "only bilinear resizing can align corners");
        return Like(inputs[0], inputs[0].Shape.With(2, Height).With(3, Width));
    }
}

/// <summary>What stands beyond the border of a padded map.</summary>
public enum PadMode
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The map mirrored about its border pixels, which are not repeated.</summary>
    Reflect,

    /// <summary>The border pixels repeated.</summary>
    Replicate,
}

/// <summary>A map with a border: [B,C,H,W] to [B,C,top+H+bottom,left+W+right].</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns before.</param>
/// <param name="Right">Columns behind.</param>
/// <param name="Mode">What stands there.</param>
/// <remarks>
/// A border may depend on sizes known only at run time, so a smaller map can be brought to the size of a larger one. It must not be negative; a mirrored one
/// must be smaller than the map.
/// </remarks>
public sealed record Pad2d(Dim Top, Dim Bottom, Dim Left, Dim Right, PadMode Mode = PadMode.Zero) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(x.Count == 4, $"a border is put around [B, C, H, W], not {x}");
        Require(Mode != PadMode.Reflect || !(Top.Size >= x[2].Size || Bottom.Size >= x[2].Size || Left.Size >= x[3].Size || Right.Size >= x[3].Size), $"a mirrored border must be smaller than {x}");
        return Like(inputs[0], x.With(2, Top.Plus(x[2]).Plus(Bottom)).With(3, Left.Plus(x[3]).Plus(Right)));
    }
}

/// <summary>A part of a map: [B,C,H,W] to [B,C,H',W'].</summary>
/// <param name="Top">The first row.</param>
/// <param name="Left">The first column.</param>
/// <param name="Height">H', the number of rows.</param>
/// <param name="Width">W', the number of columns.</param>
public sealed record Crop2d(Dim Top, Dim Left, Dim Height, Dim Width) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(x.Count == 4 && !(Top.Size + Height.Size > x[2].Size) && !(Left.Size + Width.Size > x[3].Size), $"rows from {Top}, {Height} of them, and columns from {Left}, {Width} of them, do not lie in {x}");
        return Like(inputs[0], x.With(2, Height).With(3, Width));
    }
}

/// <summary>Features under boxes, resampled to one size: maps [B,C,H,W], boxes [R,4] and the image of each box [R] (64-bit integers) to [R,C,h,w].</summary>
/// <param name="Height">h, cells down a box.</param>
/// <param name="Width">w, cells across a box.</param>
/// <param name="SpatialScale">Feature cells a unit of the boxes' frame: 1/4 for boxes in image pixels on a map of stride 4.</param>
/// <param name="SamplingRatio">Samples a cell in each direction; 0 for as many as the cell has feature cells, rounded up.</param>
/// <param name="Aligned">Whether box coordinates are shifted by half a cell, as pixel centres ask; if not, a box counts as at least one cell wide and high.</param>
/// <remarks>
/// Boxes are x0, y0, x1, y1. Every cell is the mean of bilinear samples. He et al. 2017 (Mask R-CNN); torchvision <c>roi_align</c>.
/// </remarks>
public sealed record RoiAlign(int Height, int Width, double SpatialScale, int SamplingRatio, bool Aligned = false) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, boxes, images) = (inputs[0].Shape, inputs[1].Shape, inputs[2]);
        Require(x.Count == 4 && boxes.Count == 2 && boxes[1].Size == 4, $"RoIAlign takes [B, C, H, W] and boxes [R, 4], not {x} and {boxes}");
        Require(images.Shape.Equals(new TensorShape(boxes[0])) && images.Type.Element == ElementType.Int64, $"RoIAlign takes an image number for each of {boxes[0]} boxes, not {images.Shape} of {images.Type.Element}");
        return Like(inputs[0], new TensorShape(boxes[0], x[1], Height, Width));
    }
}
