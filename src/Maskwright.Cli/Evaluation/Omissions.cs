namespace Maskwright.Cli.Evaluation;

/// <summary>What could not be measured. Without <c>--keep-going</c> the first such thing ends the run: numbers over less than everything are other numbers.</summary>
internal sealed class Omissions(bool keepsGoing, TextWriter error)
{
    private const int MostListed = 20;
    private readonly List<string> _reasons = [];

    public int Count => _reasons.Count;

    /// <summary>Lines for the report.</summary>
    public IReadOnlyList<string> Notes => _reasons.Count == 0 ? [] :
    [
        $"{_reasons.Count} left out: {string.Join("; ", _reasons.Take(MostListed))}{(_reasons.Count > MostListed ? $"; and {_reasons.Count - MostListed} more" : string.Empty)}",
    ];

    /// <summary>Does a piece of work; a bad input is noted, or ends the run.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (IOException e) when (keepsGoing && !Failure.NothingCanBeWritten(e))
        {
            Add(Failure.MessageOf(e));
            return false;
        }
    }

    /// <summary>Notes a fault, or ends the run with it.</summary>
    /// <exception cref="ToolException">The run does not go on after faults.</exception>
    public void Report(string reason)
    {
        if (!keepsGoing)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{reason} (--keep-going leaves such things out)");
        }

        Add(reason);
    }

    private void Add(string reason)
    {
        if (_reasons.Contains(reason))
        {
            return;
        }

        _reasons.Add(reason);
        error.WriteLine($"maskwright: left out: {reason}");
    }
}
