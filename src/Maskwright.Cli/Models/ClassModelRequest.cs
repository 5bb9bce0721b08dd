namespace Maskwright.Cli.Models;

/// <summary>The model of known classes that a command line asks for.</summary>
/// <param name="Name">A name of the catalog, or a path.</param>
/// <param name="Device">Where it shall run.</param>
/// <param name="ClassNames">One name a class; null for those that the model carries.</param>
internal sealed record ClassModelRequest(string Name, string Device, IReadOnlyList<string>? ClassNames)
{
    /// <summary>In which numbers the network is computed.</summary>
    public ModelPrecision Precision { get; init; }
}
