using Xunit;

namespace Maskwright.Testing;

/// <summary>Finds the reference values and data that stand beside the checkout; tests that need them are skipped where they are not there.</summary>
public static class Goldens
{
    /// <summary>The folder <c>shared</c> beside the checkout; null where there is none. The variable MASKWRIGHT_SHARED overrides it.</summary>
    public static string? SharedFolder { get; } = FindShared();

    /// <summary>A file or folder of <c>shared/goldens/open</c>; skips the test where it is missing.</summary>
    public static string Open(params string[] parts) => Shared(["goldens", "open", .. parts]);

    /// <summary>A file or folder of <c>shared/data</c>; skips the test where it is missing.</summary>
    public static string Data(params string[] parts) => Shared(["data", .. parts]);

    private static string Shared(string[] parts)
    {
        var path = SharedFolder is null ? null : Path.Combine([SharedFolder, .. parts]);
        Assert.SkipUnless(path is not null && (File.Exists(path) || Directory.Exists(path)), $"Needs shared/{string.Join('/', parts)} beside the checkout.");
        return path!; // SkipUnless has left the test when it is null.
    }

    private static string? FindShared()
    {
        if (Environment.GetEnvironmentVariable("MASKWRIGHT_SHARED") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "goldens")))
            {
                return candidate;
            }
        }

        return null;
    }
}
