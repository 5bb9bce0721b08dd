namespace Maskwright.Testing;

/// <summary>A new empty folder that is removed with all it holds.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where the folder is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("maskwright-test-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
