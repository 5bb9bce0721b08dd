namespace Maskwright.Cli.Terminal;

/// <summary>How a terminal can show a picture.</summary>
internal enum TerminalGraphics
{
    /// <summary>Two pixels a character: the upper half block in 24-bit colours. Works nearly everywhere.</summary>
    Blocks,

    /// <summary>DEC's sixel graphics.</summary>
    Sixel,

    /// <summary>The kitty graphics protocol.</summary>
    Kitty,

    /// <summary>iTerm2's inline images.</summary>
    ITerm,
}
