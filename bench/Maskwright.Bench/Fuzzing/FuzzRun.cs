using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Maskwright.Bench.Fuzzing;

/// <summary>
/// Lets a worker feed damaged input to every reader for some minutes; one that hangs or dies is replaced. Every number gives the same input for the same seed, reader and
/// corpus, so a finding can be had again; its files are kept.
/// </summary>
internal sealed class FuzzRun(FuzzSettings settings)
{
    private const int MostFindings = 100;
    private static readonly TimeSpan _mostProcessorTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _mostTime = TimeSpan.FromMinutes(2);

    private readonly SortedDictionary<string, (long Accepted, long Refused, long Findings)> _tallies = new(StringComparer.Ordinal);
    private readonly string _work = Directory.CreateTempSubdirectory("maskwright-fuzz-").FullName;
    private readonly List<string> _findings = [];
    private long _next;

    /// <summary>Runs; 0 when nothing was found.</summary>
    public int Run()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalMinutes < settings.Minutes && _findings.Count < MostFindings)
        {
            if (!Watch(clock))
            {
                return 1;
            }
        }

        Directory.Delete(_work, recursive: true);
        Print(clock.Elapsed);
        return _findings.Count == 0 ? 0 : 1;
    }

    // Follows one worker to its end; false when none can be started.
    private bool Watch(Stopwatch clock)
    {
        using var worker = Start();
        var (line, doing, began, used) = (worker.StandardOutput.ReadLineAsync(), (Number: -1L, Target: ""), Stopwatch.StartNew(), TimeSpan.Zero);
        var errors = worker.StandardError.ReadToEndAsync();
        while (clock.Elapsed.TotalMinutes < settings.Minutes)
        {
            if (!line.Wait(TimeSpan.FromSeconds(1)))
            {
                if (doing.Number >= 0 && (worker.TotalProcessorTime - used > _mostProcessorTime || began.Elapsed > _mostTime))
                {
                    FuzzWorker.Keep(_work, Path.Combine(settings.Findings, $"{doing.Target}-{doing.Number}"));
                    Find(doing.Number, doing.Target, $"hangs: {(worker.TotalProcessorTime - used).TotalSeconds:f0} s of processor time without an answer");
                    break;
                }

                continue;
            }

            if (line.Result is not { } said)
            {
                if (doing.Number < 0)
                {
                    Console.Error.WriteLine(errors.Result);
                    return false;
                }

                FuzzWorker.Keep(_work, Path.Combine(settings.Findings, $"{doing.Target}-{doing.Number}"));
                Find(doing.Number, doing.Target, "the process died: " + errors.Result.ReplaceLineEndings(" | ")[..Math.Min(1500, errors.Result.ReplaceLineEndings(" | ").Length)]);
                break;
            }

            var cells = said.Split('\t');
            doing = (long.Parse(cells[1], CultureInfo.InvariantCulture), cells[2]);
            if (cells[0] == ">")
            {
                (began, used) = (Stopwatch.StartNew(), worker.TotalProcessorTime);
            }
            else
            {
                Count(doing.Number, doing.Target, cells[3], cells.ElementAtOrDefault(4));
            }

            line = worker.StandardOutput.ReadLineAsync();
        }

        worker.Kill();
        worker.WaitForExit();
        return true;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true }; // a process has a path
        string[] arguments = ["fuzz-worker", _work, $"{settings.Seed}", $"{_next}", settings.Reader ?? "", settings.Corpus ?? "", settings.Findings];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = "0x60000000";
        return Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
    }

    private void Count(long number, string target, string answer, string? fault)
    {
        _next = number + 1;
        var (accepted, refused, findings) = _tallies.GetValueOrDefault(target);
        _tallies[target] = (accepted + (answer == "accepted" ? 1 : 0), refused + (answer == "refused" ? 1 : 0), findings);
        if (answer == "fault")
        {
            Find(number, target, fault ?? "");
        }
    }

    private void Find(long number, string target, string what)
    {
        _next = number + 1;
        var (accepted, refused, findings) = _tallies.GetValueOrDefault(target);
        _tallies[target] = (accepted, refused, findings + 1);
        _findings.Add($"{number} {target}: {what}");
        Console.Error.WriteLine(_findings[^1]);
    }

    private void Print(TimeSpan time)
    {
        var table = new Table().AddColumns("reader", "inputs", "accepted", "refused", "findings");
        foreach (var (name, (accepted, refused, findings)) in _tallies)
        {
            table.AddRow(name, $"{accepted + refused + findings}", $"{accepted}", $"{refused}", $"{findings}");
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"seed {settings.Seed}: {_next} inputs in {time.TotalMinutes:f1} minutes, {_findings.Count} findings{(_findings.Count > 0 ? " in " + settings.Findings : "")}");
    }
}
