using System.CommandLine;
using Maskwright.Cli.Options;
using Maskwright.Cli.Post;
using Maskwright.Cli.Running;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright post</c>: takes masks through steps and tells what each step changed.</summary>
internal static class PostVerb
{
    private static readonly string[] Examples =
    [
        "maskwright post mask.png --step open:3 --step fill-holes:200 --step largest",
        "maskwright post annotations.json --step small-regions:100 --step simplify:1.5 --output clean.json",
        "maskwright post masks/photo --step close:5 --step smooth:2 --output smooth",
        "maskwright post mask.png --step refine-cut:12 --image photo.jpg",
        "maskwright post annotations.json --step refine-crf --images photos --keep-going",
        "maskwright post cells.png --step watershed:2 --json | jq .steps",
        "maskwright post --list-steps",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var options = new PostOptions();
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Mask or label images (PNG, TIFF), folders or patterns of them, NumPy arrays (.npy), or data sets in any form that is read.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("post", "Cleans, reshapes and refines masks, step after step.\nWrites them in the form in which they came, and tells what every step changed.") { inputs };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(parsed, parsed.GetValue(inputs) ?? [], options, surroundings, cancellationToken), CancellationToken.None));
        help.Describe(command, "maskwright post INPUT... --step STEP... [options]", Examples, options);
        return command;
    }

    private static int Run(ParseResult parsed, string[] typed, PostOptions options, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(options.ListSteps))
        {
            List(parsed.GetValue(options.Json), surroundings);
            return (int)ExitCode.Ok;
        }

        if (typed.Length == 0)
        {
            throw new ToolException(ExitCode.Usage, "no input: name masks, a folder or a data set (see maskwright post --help)");
        }

        var settings = options.Read(parsed, typed.Length);
        var (found, missing) = PostInputs.Find(typed, parsed.GetValue(options.Recursive), settings.Output, settings.Reader);
        settings = settings with { OutputIsFile = settings.OutputIsFile && found.Count == 1 };
        var report = new PostReport(surroundings, parsed.GetValue(options.Json), parsed.GetValue(options.Quiet));
        var failures = new FailureTally();
        foreach (var input in missing)
        {
            failures.Add(ExitCode.SomeInputsFailed);
            report.Failed(input.Path, input.Reason);
        }

        foreach (var input in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunOne(input, new PostRun(settings), report, failures, cancellationToken);
        }

        report.Finished();
        return (int)failures.Code;
    }

    private static void RunOne(PostInput input, PostRun run, PostReport report, FailureTally failures, CancellationToken cancellationToken)
    {
        try
        {
            report.Done(run.Run(input, cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException && !Failure.NothingCanBeWritten(e))
        {
            var code = Failure.CodeOf(e);
            failures.Add(code);
            report.Failed(input.Path, code == ExitCode.Internal ? $"a fault in Maskwright itself, please report it: {e}" : Failure.MessageOf(e));
        }
    }

    private static void List(bool isJson, Surroundings surroundings)
    {
        if (isJson)
        {
            StepList.WriteJson(surroundings.Out);
            return;
        }

        foreach (var (usage, text) in StepList.Rows)
        {
            surroundings.Out.WriteLine(usage);
            surroundings.Out.WriteLine($"    {text}");
        }
    }
}
