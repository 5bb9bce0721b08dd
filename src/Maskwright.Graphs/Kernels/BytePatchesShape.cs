namespace Maskwright.Graphs.Kernels;

/// <summary>The sizes of a convolution whose window is laid out in rows.</summary>
/// <param name="Channels">C of the map.</param>
/// <param name="Height">H of the map.</param>
/// <param name="Width">W of the map.</param>
/// <param name="Kernel">Taps along a side of the window.</param>
/// <param name="Stride">Pixels from window to window.</param>
/// <param name="Padding">Zeros around the map.</param>
/// <param name="Dilation">Pixels from tap to tap.</param>
internal readonly record struct BytePatchesShape(int Channels, int Height, int Width, int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>Bytes of a pixel: channels, filled up to fours with bytes that meet weights of 0.</summary>
    public int PixelBytes => FilledUp(Channels);

    /// <summary>Rows of the map with its padding.</summary>
    public int PaddedHeight => Height + (2 * Padding);

    /// <summary>Columns of the map with its padding.</summary>
    public int PaddedWidth => Width + (2 * Padding);

    /// <summary>Windows along the height.</summary>
    public int Rows => ((PaddedHeight - (Dilation * (Kernel - 1)) - 1) / Stride) + 1;

    /// <summary>Windows along the width.</summary>
    public int Columns => ((PaddedWidth - (Dilation * (Kernel - 1)) - 1) / Stride) + 1;

    /// <summary>Bytes of a window: tap by tap, channels innermost.</summary>
    public int PatchBytes => Kernel * Kernel * PixelBytes;

    /// <summary>Whether a window is a pixel, so that the map's bytes are the windows.</summary>
    public bool IsPointwise => Kernel == 1 && Stride == 1 && Padding == 0;

    /// <summary>A number of channels, filled up to fours.</summary>
    public static int FilledUp(int channels) => (channels + 3) & ~3;
}
