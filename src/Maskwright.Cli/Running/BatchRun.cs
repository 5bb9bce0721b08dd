using Maskwright.Cli.Inputs;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;
using Maskwright.Cli.Terminal;
using Maskwright.Formats;
using Maskwright.Formats.Images;
using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Spectre.Console;

namespace Maskwright.Cli.Running;

/// <summary>Works through images one by one; a bad one does not keep the others from being done.</summary>
internal sealed class BatchRun(Surroundings surroundings, IRunReporter reporter, IAnsiConsole? console, OutputSettings output)
{
    private readonly FailureTally _failures = new();
    private int _done;
    private int _skipped;

    public long? MaxPixels { get; init; }

    /// <summary>What the model takes at its peak for an image of a size; null where nothing is loaded.</summary>
    public Func<ImageSize, long>? PeakBytes { get; init; }

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

        for (var i = 0; i < inputs.Files.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunOne(inputs.Files[i], i, inputs.Files.Count, work, cancellationToken);
        }

        reporter.Finished(_done, _skipped, _failures.Count);
        return _failures.Code;
    }

    private void RunOne(InputFile input, int index, int count, ImageWork work, CancellationToken cancellationToken)
    {
        try
        {
            if (ExistingResults.Find(output, input) is { } existing && Keep(input, existing))
            {
                return;
            }

            var (outcome, picture) = ProgressBoard.Run(console, board =>
            {
                board.ShowAll(index, count);
                return Segment(input, work, board, cancellationToken);
            });
            reporter.Done(outcome);
            _done++;
            if (picture is not null)
            {
                TerminalPicture.Show(picture, () => ImageWriter.EncodePng(picture), surroundings);
            }
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

        return output.Overwrite ? false : throw new ToolException(
            ExitCode.SomeInputsFailed,
            $"{existing} is there already: --overwrite replaces it, --skip-existing leaves such images out");
    }

    private (ImageOutcome Outcome, RgbImage? Picture) Segment(InputFile input, ImageWork work, ProgressBoard board, CancellationToken cancellationToken)
    {
        var start = surroundings.Clock.GetTimestamp();
        using var bar = board.Add(Path.GetFileName(input.Path));
        if (PeakBytes is { } peakBytes && !IsForced)
        {
            MemoryCheck.Run(input.Path, peakBytes, ImageOpener.Options(MaxPixels).MaxPixels, surroundings.AvailableBytes());
        }

        var image = ImageOpener.Open(input.Path, MaxPixels, cancellationToken);
        var result = work(image, input.Path, bar, cancellationToken);
        var files = Write(input, image, result, cancellationToken);
        var outcome = new ImageOutcome(input.Path, image.Size, result.Proposals, result.Report, files, surroundings.Clock.GetElapsedTime(start));
        return (outcome, output.Show ? OverlayRenderer.Render(image, result.Proposals, new OverlayOptions { Prompts = result.Prompts }, cancellationToken) : null);
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
