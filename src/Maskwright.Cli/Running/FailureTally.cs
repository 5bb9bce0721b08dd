namespace Maskwright.Cli.Running;

/// <summary>Counts what failed, and chooses the exit code of a run over many images.</summary>
internal sealed class FailureTally
{
    private readonly HashSet<ExitCode> _codes = [];

    public int Count { get; private set; }

    public void Add(ExitCode code)
    {
        Count++;
        _codes.Add(code);
    }

    /// <summary>The code that all failures share, else that some inputs failed; a fault of the tool itself always shows.</summary>
    public ExitCode Code => _codes switch
    {
        { Count: 0 } => ExitCode.Ok,
        _ when _codes.Contains(ExitCode.Internal) => ExitCode.Internal,
        { Count: 1 } => _codes.Single(),
        _ => ExitCode.SomeInputsFailed,
    };
}
