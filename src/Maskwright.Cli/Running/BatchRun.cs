using Maskwright.Cli.Inputs;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;
using Maskwright.Formats;
using Maskwright.Images;

namespace Maskwright.Cli.Running;

/// <summary>Works through images one by one; a bad one does not keep the others from being done.</summary>
internal sealed class BatchRun(Surroundings surroundings, IRunReporter reporter, ProgressBoard board, OutputSettings output)
{
    private readonly FailureTally _failures = new();
    private int _done;
    private int _skipped;

    public long? MaxPixels { get; init; }

    public LoadedModel? Model { get; init; }

    /// <summary>Prompts that the model answers in one batch.</summary>
    public int PromptsAtOnce { get; init; } = 1;

    public bool IsForced { get; init; }

    /// <summary>Works through the images.</summary>
    /// <returns>Ok, or the code that the failures share.</returns>
    public ExitCode Run(InputList inputs, ImageWork work, CancellationToken cancellationToken)
    {
        foreach (var missing in inputs.Missing)
        {
            _failures.Add(ExitCode.SomeInputsFailed);
            reporter.Failed(missing.Path, missing.Reason);
        }

        board.Begin(inputs.Files.Count);
        foreach (var input in inputs.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunOne(input, work, cancellationToken);
            board.Next();
        }

        reporter.Finished(_done, _skipped, _failures.Count);
        return _failures.Code;
    }

    private void RunOne(InputFile input, ImageWork work, CancellationToken cancellationToken)
    {
        try
        {
            if (ExistingResults.Find(output, input) is { } existing && Keep(input, existing))
            {
                return;
            }

            reporter.Done(Segment(input, work, cancellationToken));
            _done++;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception e) when (!Failure.NothingCanBeWritten(e))
        {
            var code = Failure.CodeOf(e);
            _failures.Add(code);
            reporter.Failed(input.Path, code == ExitCode.Internal ? $"a fault in Maskwright itself, please report it: {e}" : Failure.MessageOf(e));
        }
    }

    private bool Keep(InputFile input, string existing)
    {
        if (output.SkipExisting)
        {
            _skipped++;
            reporter.Skipped(input.Path, $"{existing} is there already");
            return true;
        }

        return output.Overwrite ? false : throw new ToolException(ExitCode.SomeInputsFailed, $"{existing} is there already: --overwrite replaces it, --skip-existing leaves such images out");
    }

    private ImageOutcome Segment(InputFile input, ImageWork work, CancellationToken cancellationToken)
    {
        var start = surroundings.Clock.GetTimestamp();
        using var bar = board.Add(Path.GetFileName(input.Path));
        if (Model is not null && !IsForced)
        {
            MemoryCheck.Run(input.Path, Model, PromptsAtOnce, surroundings.AvailableBytes());
        }

        var image = ImageOpener.Open(input.Path, MaxPixels, cancellationToken);
        var result = work(image, input.Path, bar, cancellationToken);
        var files = Write(input, image, result, cancellationToken);
        if (output.Show)
        {
            OverlayView.Show(image, result, surroundings, cancellationToken);
        }

        return new ImageOutcome(input.Path, image.Size, result.Proposals, result.Report, files, surroundings.Clock.GetElapsedTime(start));
    }

    private List<string> Write(InputFile input, RgbImage image, ImageResult result, CancellationToken cancellationToken)
    {
        var request = new MaskWriteRequest
        {
            Image = image,
            ImagePath = input.Path,
            Proposals = result.Proposals,
            Prompts = result.Prompts,
            OutputFolder = output.Folder,
            Stem = input.ResultName,
            Overwrite = output.Overwrite,
        };
        return [.. output.Writers.SelectMany(writer => writer.Write(request, cancellationToken))];
    }
}
