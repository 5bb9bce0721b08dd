using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <content>Pooling, resizing, borders and regions of maps.</content>
public sealed partial class GraphBuilder
{
    /// <summary>The greatest number under every window.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="kernel">Side of the window in pixels.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="padding">Pixels added on every side; they never win.</param>
    /// <param name="dilation">Distance between the taps.</param>
    /// <param name="ceilMode">Whether a last window may overhang.</param>
    /// <returns>[B,C,H',W'].</returns>
    public Value MaxPool2d(Value x, int kernel, int stride, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        Apply("max_pool", new MaxPool2d(new PoolWindow(kernel, stride, padding, dilation, ceilMode)), x);

    /// <summary>The greatest number under every window and where it was.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="kernel">Side of the window in pixels.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="ceilMode">Whether a last window may overhang.</param>
    /// <returns>[B,C,H',W'] and the places for <see cref="MaxUnpool2d"/>.</returns>
    public (Value Maxima, Value Places) MaxPool2dWithIndices(Value x, int kernel, int stride, bool ceilMode = false)
    {
        var maxima = Apply("max_pool", new MaxPool2dWithIndices(new PoolWindow(kernel, stride, CeilMode: ceilMode)), x);
        return (maxima, maxima.Producer!.Outputs[1]); // Apply sets the producer
    }

    /// <summary>Puts numbers back where maxima were found, zeros elsewhere.</summary>
    /// <param name="x">[B,C,h,w].</param>
    /// <param name="places">Where, from <see cref="MaxPool2dWithIndices"/>.</param>
    /// <param name="like">[..,H,W], the map that was pooled, or one of its size.</param>
    /// <returns>[B,C,H,W].</returns>
    public Value MaxUnpool2d(Value x, Value places, Value like)
    {
        ArgumentNullException.ThrowIfNull(like);
        return Apply("max_unpool", new MaxUnpool2d(like.Shape[-2], like.Shape[-1]), x, places);
    }

    /// <summary>The mean under every window.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="kernel">Side of the window in pixels.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="padding">Pixels added on every side.</param>
    /// <param name="countPadding">Whether added pixels count as zeros.</param>
    /// <param name="ceilMode">Whether a last window may overhang; with <paramref name="countPadding"/> false it is the mean of what it covers.</param>
    /// <returns>[B,C,H',W'].</returns>
    public Value AveragePool2d(Value x, int kernel, int stride, int padding = 0, bool countPadding = true, bool ceilMode = false) =>
        Apply("average_pool", new AveragePool2d(new PoolWindow(kernel, stride, padding, CeilMode: ceilMode), countPadding), x);

    /// <summary>Means over a grid of cells as even as whole pixels allow.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="height">Rows of the grid.</param>
    /// <param name="width">Columns of the grid.</param>
    /// <returns>[B,C,height,width].</returns>
    public Value AdaptiveAveragePool2d(Value x, int height, int width) => Apply("adaptive_pool", new AdaptiveAveragePool2d(height, width), x);

    /// <summary>The mean of every channel.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <returns>[B,C,1,1].</returns>
    public Value GlobalAveragePool2d(Value x) => AdaptiveAveragePool2d(x, 1, 1);

    /// <summary>A map at another size.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="mode">How to read between pixels.</param>
    /// <param name="alignCorners">For bilinear resizing, whether the centres of the corner pixels fall on one another.</param>
    /// <returns>[B,C,height,width].</returns>
    public Value Resize(Value x, Dim height, Dim width, Interpolation mode = Interpolation.Bilinear, bool alignCorners = false) =>
        Apply("resize", new Resize2d(height, width, mode, alignCorners), x);

    /// <summary>A map at the size of another.</summary>
    /// <param name="x">[B,C,h,w].</param>
    /// <param name="like">[..,H,W], gives the size.</param>
    /// <param name="mode">How to read between pixels.</param>
    /// <param name="alignCorners">For bilinear resizing, whether the centres of the corner pixels fall on one another.</param>
    /// <returns>[B,C,H,W].</returns>
    public Value ResizeLike(Value x, Value like, Interpolation mode = Interpolation.Bilinear, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(like);
        return Resize(x, like.Shape[-2], like.Shape[-1], mode, alignCorners);
    }

    /// <summary>A map enlarged by a whole factor.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="factor">New pixels a pixel, in each direction.</param>
    /// <param name="mode">How to read between pixels.</param>
    /// <param name="alignCorners">For bilinear resizing, whether the centres of the corner pixels fall on one another.</param>
    /// <returns>[B,C,factor*H,factor*W].</returns>
    public Value Enlarge(Value x, int factor, Interpolation mode = Interpolation.Bilinear, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Resize(x, x.Shape[2].Times(factor), x.Shape[3].Times(factor), mode, alignCorners);
    }

    /// <summary>A map with a border.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="top">Rows above.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="left">Columns before.</param>
    /// <param name="right">Columns behind.</param>
    /// <param name="mode">What stands in the border.</param>
    /// <returns>[B,C,top+H+bottom,left+W+right].</returns>
    public Value Pad(Value x, Dim top, Dim bottom, Dim left, Dim right, PadMode mode = PadMode.Zero) => Apply("pad", new Pad2d(top, bottom, left, right, mode), x);

    /// <summary>A map in the middle of a border that brings it to the size of another, the smaller half of an odd border above and before.</summary>
    /// <param name="x">[B,C,h,w].</param>
    /// <param name="like">[..,H,W], at least as large.</param>
    /// <param name="mode">What stands in the border.</param>
    /// <returns>[B,C,H,W].</returns>
    public Value PadLike(Value x, Value like, PadMode mode = PadMode.Zero)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(like);
        var (down, across) = (like.Shape[-2].Minus(x.Shape[2]), like.Shape[-1].Minus(x.Shape[3]));
        var (top, left) = (down.DividedBy(2), across.DividedBy(2));
        return Pad(x, top, down.Minus(top), left, across.Minus(left), mode);
    }

    /// <summary>A part of a map.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="top">The first row.</param>
    /// <param name="left">The first column.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    /// <returns>[B,C,height,width].</returns>
    public Value Crop(Value x, Dim top, Dim left, Dim height, Dim width) => Apply("crop", new Crop2d(top, left, height, width), x);

    /// <summary>The middle of a map, as large as another, the smaller half of an odd remainder cut off above and before.</summary>
    /// <param name="x">[B,C,H,W], at least as large.</param>
    /// <param name="like">[..,h,w], gives the size.</param>
    /// <returns>[B,C,h,w].</returns>
    public Value CropLike(Value x, Value like)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(like);
        var (height, width) = (like.Shape[-2], like.Shape[-1]);
        return Crop(x, x.Shape[2].Minus(height).DividedBy(2), x.Shape[3].Minus(width).DividedBy(2), height, width);
    }

    /// <summary>Features under boxes, resampled to one size.</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="boxes">[R,4]: x0, y0, x1, y1.</param>
    /// <param name="images">[R] 64-bit integers: the image of each box.</param>
    /// <param name="operation">Cells, scale and sampling.</param>
    /// <returns>[R,C,h,w].</returns>
    public Value RoiAlign(Value x, Value boxes, Value images, RoiAlign operation) => Apply("roi_align", operation, x, boxes, images);
}
