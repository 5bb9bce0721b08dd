namespace Maskwright.Cli.Models;

/// <summary>The model that a command line asks for.</summary>
/// <param name="Name">A name of the catalog, a repository of the hub, or a path.</param>
/// <param name="Device">Where it shall run: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</param>
internal sealed record ModelRequest(string Name, string Device)
{
    /// <summary>What runs networks; null for whichever fits the rest.</summary>
    public ModelEngine? Engine { get; init; }

    /// <summary>In which numbers.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>What the checkpoint must hold (<c>vit_h</c>, <c>vit_l</c>, <c>vit_b</c>, <c>vit_t</c>); null means anything.</summary>
    public string? RequiredType { get; init; }

    /// <summary>Where embeddings are kept between runs; null means nowhere.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Whether a model that can tell keeps its earlier mask when a click spoils it.</summary>
    public bool GuardsClicks { get; init; }

    /// <summary>Whether a model that can looks again, and closer, at what is small in a large image.</summary>
    public bool LooksCloser { get; init; }
}
