namespace Maskwright.Training.Interaction;

/// <summary>What a prompt point says, in SAM's numbers.</summary>
internal enum ClickLabel
{
    /// <summary>No point: fills a place.</summary>
    Padding = -1,

    /// <summary>Not on the object.</summary>
    Background = 0,

    /// <summary>On the object.</summary>
    Foreground = 1,

    /// <summary>The top-left corner of a box.</summary>
    BoxStart = 2,

    /// <summary>The bottom-right corner of a box.</summary>
    BoxEnd = 3,
}
