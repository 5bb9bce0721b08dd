using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>Which network looks at the image; all of them end in a map of the prompt encoder's width.</summary>
public abstract record ImageEncoderConfig
{
    /// <summary>S, the side of the square canvas in pixels.</summary>
    public int ImageSize { get; init; } = 1024;

    /// <summary>The side of the embedding map in cells; the encoder's stride divides the image side.</summary>
    public abstract int GridSize { get; }

    /// <summary>Describes the encoder.</summary>
    /// <param name="g">In the scope of the whole network.</param>
    /// <param name="image">[1,3,S,S], normalised.</param>
    /// <param name="channels">Channels of the embedding.</param>
    /// <param name="tap">Told every stage by name, for comparison with a reference; null means nobody listens.</param>
    /// <returns>[1,channels,grid,grid].</returns>
    internal abstract Value Describe(GraphBuilder g, Value image, Dim channels, Action<string, Value>? tap);
}
