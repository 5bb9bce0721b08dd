using System.Diagnostics;
using Maskwright.Cli.Completion;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests;

/// <summary>The script for bash, run by bash, with a tool of one line in the tool's place.</summary>
public class BashCompletionTests
{
    [Theory]
    [InlineData("maskwright mod", "models")]
    [InlineData("maskwright --v", "--version")]
    [InlineData("maskwright ", "models")]
    [InlineData("maskwright pho", "photo.png")]
    public void Suggestions_come_first_and_files_where_there_are_none(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "Needs bash.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("photo.png"), string.Empty);
        var script = $$"""
            maskwright() { printf '%s\n' --version models moderate; }
            {{CompletionScripts.ByShell["bash"]}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<<"$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _maskwright
            echo "${COMPREPLY[*]}"
            """;

        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, WorkingDirectory = folder.Path })!; // bash is there

        Assert.StartsWith(expected, bash.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        bash.WaitForExit();
    }
}
