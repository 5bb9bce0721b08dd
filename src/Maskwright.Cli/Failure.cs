using Maskwright.Graphs.Weights;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Maskwright.Training.Running;

namespace Maskwright.Cli;

/// <summary>From an exception to an exit code and one line for the user.</summary>
internal static class Failure
{
    private const int DiskFull = 28; // ENOSPC
    private const int ReadOnlyFileSystem = 30; // EROFS
    private const int QuotaExceeded = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Says what ended the run, and chooses the exit code.</summary>
    public static ExitCode Report(Exception fault, TextWriter error)
    {
        var code = CodeOf(fault);
        error.WriteLine(code switch
        {
            ExitCode.Interrupted => "maskwright: stopped; no half-written file is left",
            ExitCode.Internal => $"maskwright: a fault in Maskwright itself, please report it with this text:{Environment.NewLine}{fault}",
            _ => $"maskwright: {MessageOf(fault)}",
        });
        return code;
    }

    /// <summary>The exit code that stands for an exception which nobody nearer could handle.</summary>
    public static ExitCode CodeOf(Exception fault) => fault switch
    {
        ToolException tool => tool.Code,
        OperationCanceledException => ExitCode.Interrupted,
        HubException { Fault: HubFault.DiskFull or HubFault.NotWritable } => ExitCode.Output,
        HubException => ExitCode.Hub,
        ModelNotFoundException or InvalidWeightsException or WeightMismatchException => ExitCode.Model,
        TrainingFailedException => ExitCode.SomeInputsFailed,
        OutOfMemoryException => ExitCode.Memory,
        IOException io when NothingCanBeWritten(io) => ExitCode.Output,
        IOException or UnauthorizedAccessException => ExitCode.SomeInputsFailed,
        _ => ExitCode.Internal,
    };

    /// <summary>One line without the frame and parameter names that only a developer wants.</summary>
    public static string MessageOf(Exception fault) => fault switch
    {
        TrainingMemoryException => fault.Message,
        OutOfMemoryException => "there is not enough memory for it",
        ArgumentException { ParamName: { } parameter } => fault.Message.Replace($" (Parameter '{parameter}')", string.Empty, StringComparison.Ordinal),
        _ => fault.Message,
    };

    /// <summary>True for a full or read-only disk: the next file would fail the same way.</summary>
    public static bool NothingCanBeWritten(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is IOException && e.HResult is DiskFull or ReadOnlyFileSystem or QuotaExceeded or WindowsDiskFull)
            {
                return true;
            }
        }

        return false;
    }
}
