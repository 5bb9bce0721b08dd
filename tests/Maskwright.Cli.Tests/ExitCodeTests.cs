using System.Text.RegularExpressions;
using Maskwright.Cli.Running;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Cli.Tests;

public partial class ExitCodeTests
{
    [Fact]
    public void The_guide_lists_the_same_codes()
    {
        var guide = RepositoryFiles.Read("docs", "guide", "cli.md");

        var listed = Row().Matches(guide).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => (int)code), listed);
    }

    [Fact]
    public void Every_kind_of_exception_has_its_code()
    {
        Assert.Equal(ExitCode.Interrupted, Failure.CodeOf(new TaskCanceledException()));
        Assert.Equal(ExitCode.Model, Failure.CodeOf(new ModelNotFoundException("x", "not here")));
        Assert.Equal(ExitCode.Hub, Failure.CodeOf(new HubException(HubFault.Offline, "offline")));
        Assert.Equal(ExitCode.Output, Failure.CodeOf(new HubException(HubFault.DiskFull, "full")));
        Assert.Equal(ExitCode.SomeInputsFailed, Failure.CodeOf(new InvalidImageException("a.png", "is empty")));
        Assert.Equal(ExitCode.SomeInputsFailed, Failure.CodeOf(new UnauthorizedAccessException()));
        Assert.Equal(ExitCode.Memory, Failure.CodeOf(new InsufficientMemoryException()));
        Assert.Equal(ExitCode.Internal, Failure.CodeOf(new InvalidOperationException()));
    }

    [Fact]
    public void A_full_disk_is_recognised_under_whatever_wraps_it()
    {
        const int enospc = 28;
        var wrapped = new IOException("masks/a.png: cannot be written", new IOException("No space left on device", enospc));

        Assert.Equal(ExitCode.Output, Failure.CodeOf(wrapped));
    }

    [Fact]
    public void Failures_of_one_kind_share_its_code_and_mixed_ones_do_not()
    {
        var tally = new FailureTally();
        Assert.Equal(ExitCode.Ok, tally.Code);

        tally.Add(ExitCode.Memory);
        Assert.Equal(ExitCode.Memory, tally.Code);

        tally.Add(ExitCode.SomeInputsFailed);
        Assert.Equal(ExitCode.SomeInputsFailed, tally.Code);

        tally.Add(ExitCode.Internal);
        Assert.Equal(ExitCode.Internal, tally.Code);
    }

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
