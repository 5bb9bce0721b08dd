using System.Diagnostics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests;

/// <summary>The script whose last line continuous integration believes.</summary>
public sealed class CountResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Adds_up_what_the_reports_say()
    {
        Report("A.Tests", total: 5, passed: 3, failed: 1, notExecuted: 1);
        Report("B.Tests", total: 2, passed: 2, failed: 0, notExecuted: 0);

        var (code, lines) = Count();

        Assert.Equal("5 passed, 1 failed, 1 skipped", lines[^1]);
        Assert.Equal(1, code);
    }

    [Fact]
    public void Succeeds_when_something_passed_and_nothing_failed()
    {
        Report("A.Tests", total: 3, passed: 2, failed: 0, notExecuted: 1);

        var (code, lines) = Count();

        Assert.Equal("2 passed, 0 failed, 1 skipped", lines[^1]);
        Assert.Equal(0, code);
    }

    [Fact]
    public void Fails_when_no_test_ran()
    {
        var (code, lines) = Count();

        Assert.Equal("0 passed, 0 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, code);
    }

    private void Report(string name, int total, int passed, int failed, int notExecuted) => File.WriteAllText(
        _folder.File($"{name}.trx"),
        $"""<TestRun><Results><UnitTestResult outcome="Passed" /></Results><ResultSummary><Counters total="{total}" executed="{passed + failed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" notExecuted="{notExecuted}" /></ResultSummary></TestRun>""");

    private (int Code, string[] Lines) Count()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "Needs bash.");
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", [RepositoryFiles.PathOf("tests", "count-results.sh"), _folder.Path]) { RedirectStandardOutput = true })!; // bash is there
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
