using System.Runtime.CompilerServices;
using Xunit;

namespace Maskwright.Testing;

/// <summary>Texts that a reviewer has seen; with MASKWRIGHT_UPDATE_SNAPSHOTS=1 a test run writes them anew.</summary>
public static class Snapshots
{
    /// <summary>Fails unless the text is that of the file <c>Snapshots/name</c> beside the test's source.</summary>
    public static void Check(string name, string actual, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(source)!, "Snapshots", name); // A source file lies in a folder.
        if (Environment.GetEnvironmentVariable("MASKWRIGHT_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"There is no snapshot {file}.");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
