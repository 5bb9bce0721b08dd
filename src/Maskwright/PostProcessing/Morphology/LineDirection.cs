namespace Maskwright.PostProcessing;

/// <summary>Where a line runs, as seen with y pointing down.</summary>
public enum LineDirection
{
    /// <summary>Left to right.</summary>
    Horizontal,

    /// <summary>Top to bottom.</summary>
    Vertical,

    /// <summary>From the top left to the bottom right, at 45 degrees.</summary>
    Falling,

    /// <summary>From the bottom left to the top right, at 45 degrees.</summary>
    Rising,
}
