namespace Maskwright.Cli;

/// <summary>Ends the tool with a message for the user and an exit code.</summary>
internal sealed class ToolException : Exception
{
    public ToolException(ExitCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    public ExitCode Code { get; }
}
