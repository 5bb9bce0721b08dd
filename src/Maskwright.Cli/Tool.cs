using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace Maskwright.Cli;

/// <summary>From a command line to an exit code.</summary>
internal static class Tool
{
    private const int ImpatienceMilliseconds = 500;

    /// <summary>Runs with the streams and signals of this process.</summary>
    public static async Task<int> RunProcessAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        var asked = ExitCode.Interrupted;
        long askedAt = 0;
        void OnSignal(PosixSignalContext context)
        {
            if (!stop.IsCancellationRequested)
            {
                context.Cancel = true;
                askedAt = Environment.TickCount64;
                asked = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
                stop.Cancel();
            }
            else
            {
                // A second Ctrl-C ends the process at once; but wrappers such as timeout send the first one twice.
                context.Cancel = Environment.TickCount64 - askedAt < ImpatienceMilliseconds;
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
            var isMisspelt = parsed.Action is ParseErrorAction;
            var configuration = new InvocationConfiguration
            {
                Output = isMisspelt ? surroundings.Error : surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals are handled above, so that running work can put its files in order
            };
            return isMisspelt ? Explain(parsed, configuration) : await parsed.InvokeAsync(configuration, cancellationToken);
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

    private static int Explain(ParseResult parsed, InvocationConfiguration configuration)
    {
        foreach (var error in parsed.Errors)
        {
            configuration.Error.WriteLine($"maskwright: {error.Message}");
        }

        var names = parsed.CommandResult.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
        var near = parsed.UnmatchedTokens.SelectMany(token => Spelling.Near(token, names)).Distinct().ToList();
        if (near.Count > 0)
        {
            configuration.Error.WriteLine($"Did you mean {string.Join(" or ", near)}?");
        }

        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Parent: not null } command; at = command.Parent)
        {
            path.Insert(0, command.Command.Name);
        }

        configuration.Error.WriteLine($"'{string.Join(' ', path.Prepend("maskwright").Append("--help"))}' tells more.");
        return (int)ExitCode.Usage;
    }
}
