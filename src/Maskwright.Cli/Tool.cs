using System.CommandLine;
using System.Runtime.InteropServices;
using Maskwright.Cli.Verbs;

namespace Maskwright.Cli;

/// <summary>From a command line to an exit code.</summary>
internal static class Tool
{
    /// <summary>Runs with the streams and signals of this process.</summary>
    public static async Task<int> RunProcessAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        var asked = ExitCode.Interrupted;
        void OnSignal(PosixSignalContext context)
        {
            if (!stop.IsCancellationRequested) // a second Ctrl-C ends the process at once
            {
                context.Cancel = true;
                asked = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
                stop.Cancel();
            }
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        var code = await RunAsync(args, Surroundings.OfThisProcess(), stop.Token);
        return code == (int)ExitCode.Interrupted ? (int)asked : code;
    }

    /// <summary>Runs with given streams; never throws.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            var parsed = MaskwrightCommand.Create(surroundings).Parse(args);
            var configuration = new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals are handled above, so that running work can put its files in order
            };
            var code = await parsed.InvokeAsync(configuration, cancellationToken);
            return parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction ? (int)ExitCode.Usage : code;
        }
        catch (Exception fault)
        {
            return (int)Failure.Report(fault, surroundings.Error);
        }
        finally
        {
            await surroundings.Out.FlushAsync(CancellationToken.None);
            await surroundings.Error.FlushAsync(CancellationToken.None);
        }
    }
}
