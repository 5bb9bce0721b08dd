namespace Maskwright.Cli.Models;

/// <summary>Gets models ready to run; the tests give models of their own.</summary>
internal interface IModelSource
{
    /// <summary>Loads a model.</summary>
    /// <exception cref="IOException">It is not known, not here, or cannot be used.</exception>
    /// <exception cref="ToolException">The device is not there.</exception>
    LoadedModel Load(ModelRequest request, Surroundings surroundings, CancellationToken cancellationToken);
}
