namespace Maskwright.Networks.Tests.Catalog;

/// <summary>A folder of its own for a test; gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("maskwright-").FullName;

    public string Write(string relativePath, string text = "")
    {
        var path = System.IO.Path.Combine([Path, .. relativePath.Split('/')]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!); // Inside this folder.
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
