namespace Maskwright.Networks.Semantic;

/// <summary>How a semantic network looks at an image.</summary>
public sealed record SemanticOptions
{
    /// <summary>Side of the square parts that a larger image is looked at in, in pixels, at least 64; parts overlap and are blended.</summary>
    public int TileSide { get; init; } = 1024;

    /// <summary>The longest side to which an image is brought first, in pixels, at least 32; it is then looked at whole. 0 means that it stays as it is; null means what the network says.</summary>
    public int? WorkingSide { get; init; }

    /// <summary>How much of a part its neighbour sees too, 0 to 0.9.</summary>
    public double TileOverlap { get; init; } = 0.25;

    /// <summary>Whether the mirrored image is looked at too and the scores are averaged.</summary>
    public bool Flips { get; init; }

    /// <summary>Sizes at which the image is looked at, as factors of its own; the scores are averaged.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [1];

    /// <summary>Checks all settings.</summary>
    /// <exception cref="ArgumentException">Some are out of their range; names all of them.</exception>
    public void Validate()
    {
        string[] faults =
        [
            .. TileSide is < 64 or > 16384 ? [$"TileSide must be 64 to 16384, not {TileSide}"] : Array.Empty<string>(),
            .. WorkingSide is null or 0 or (>= 32 and <= 16384) ? Array.Empty<string>() : [$"WorkingSide must be 0 or 32 to 16384, not {WorkingSide}"],
            .. TileOverlap is >= 0 and <= 0.9 ? Array.Empty<string>() : [$"TileOverlap must be 0 to 0.9, not {TileOverlap}"],
            .. Scales.Count == 0 || Scales.Any(s => s is not (>= 0.1 and <= 4)) ? ["Scales must be 0.1 to 4 each, and at least one"] : Array.Empty<string>(),
        ];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"{string.Join("; ", faults)}.");
        }
    }
}
