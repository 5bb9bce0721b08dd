using Maskwright.Geometry;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Inputs;

/// <summary>What the command line says about one object.</summary>
/// <param name="Name">The name given with --object; null when none was given.</param>
/// <param name="Points">Clicks on the object and beside it.</param>
/// <param name="Box">A box around it; null when none was given.</param>
/// <param name="MaskFile">A file with an earlier mask; null when none was given.</param>
internal sealed record ObjectPrompt(string? Name, IReadOnlyList<PromptPoint> Points, PixelBox? Box, string? MaskFile);
