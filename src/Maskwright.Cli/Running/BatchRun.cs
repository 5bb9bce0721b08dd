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

/// <summary>Works through images in order, reading the next and writing the last meanwhile; a bad one does not keep the others from being done.</summary>
internal sealed class BatchRun(Surroundings surroundings, IRunReporter reporter, IAnsiConsole? console, OutputSettings output)
{
    private readonly FailureTally _failures = new();
    private readonly WritingBehind _writing = new(tellsAtOnce: console is null);
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

        var ahead = new ImageAhead(input => Open(input, cancellationToken));
        try
        {
            for (var i = 0; i < inputs.Files.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RunOne(inputs.Files, i, work, ahead, cancellationToken);
            }
        }
        finally
        {
            ahead.Stop();
            _writing.Settle();
        }

        reporter.Finished(_done, _skipped, _failures.Count);
        return _failures.Code;
    }

    private void RunOne(IReadOnlyList<InputFile> files, int index, ImageWork work, ImageAhead ahead, CancellationToken cancellationToken)
    {
        var input = files[index];
        try
        {
            if (ExistingResults.Find(output, input) is { } existing && Keep(input, existing))
            {
                return;
            }

            var (image, result, elapsed) = ProgressBoard.Run(console, board =>
            {
                board.ShowAll(index, files.Count);
                return Segment(input, index + 1 < files.Count ? files[index + 1] : null, work, ahead, board, cancellationToken);
            });
            _writing.Begin(() => Finish(input, image, result, elapsed));
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception e) when (!Failure.NothingCanBeWritten(e))
        {
            _writing.Settle();
            Fail(input, e);
        }
    }

    // What is computed is written whole, even when the run is stopped meanwhile.
    private Action Finish(InputFile input, RgbImage image, ImageResult result, TimeSpan elapsed)
    {
        try
        {
            var start = surroundings.Clock.GetTimestamp();
            var files = Write(input, image, result, CancellationToken.None);
            var outcome = new ImageOutcome(input.Path, image.Size, result.Proposals, result.Report, files, elapsed + surroundings.Clock.GetElapsedTime(start));
            var picture = output.Show ? OverlayRenderer.Render(image, result.Proposals, new OverlayOptions { Prompts = result.Prompts }) : null;
            return () => Tell(outcome, picture);
        }
        catch (Exception e) when (!Failure.NothingCanBeWritten(e))
        {
            return () => Fail(input, e);
        }
    }

    private void Tell(ImageOutcome outcome, RgbImage? picture)
    {
        reporter.Done(outcome);
        _done++;
        if (picture is not null)
        {
            TerminalPicture.Show(picture, () => ImageWriter.EncodePng(picture), surroundings);
        }
    }

    private void Fail(InputFile input, Exception fault)
    {
        var code = Failure.CodeOf(fault);
        _failures.Add(code);
        reporter.Failed(input.Path, code == ExitCode.Internal ? $"a fault in Maskwright itself, please report it: {fault}" : Failure.MessageOf(fault));
    }

    private bool Keep(InputFile input, string existing)
    {
        if (output.SkipExisting)
        {
            _writing.Settle();
            _skipped++;
            reporter.Skipped(input.Path, $"{existing} is there already");
            return true;
        }

        return output.Overwrite ? false : throw new ToolException(
            ExitCode.SomeInputsFailed,
            $"{existing} is there already: --overwrite replaces it, --skip-existing leaves such images out");
    }

    private (RgbImage Image, ImageResult Result, TimeSpan Elapsed) Segment(
        InputFile input, InputFile? next, ImageWork work, ImageAhead ahead, ProgressBoard board, CancellationToken cancellationToken)
    {
        using var bar = board.Add(Path.GetFileName(input.Path));
        var opened = ahead.Take(input);
        if (next is not null && (output.Overwrite || ExistingResults.Find(output, next) is null))
        {
            ahead.Begin(next);
        }

        var start = surroundings.Clock.GetTimestamp();
        var result = work(opened.Image, input.Path, bar, cancellationToken);
        return (opened.Image, result, opened.Elapsed + surroundings.Clock.GetElapsedTime(start));
    }

    private OpenedImage Open(InputFile input, CancellationToken cancellationToken)
    {
        var start = surroundings.Clock.GetTimestamp();
        if (PeakBytes is { } peakBytes && !IsForced)
        {
            MemoryCheck.Run(input.Path, peakBytes, ImageOpener.Options(MaxPixels).MaxPixels, surroundings.AvailableBytes());
        }

        return new OpenedImage(ImageOpener.Open(input.Path, MaxPixels, cancellationToken), surroundings.Clock.GetElapsedTime(start));
    }

    private List<string> Write(InputFile input, RgbImage image, ImageResult result, CancellationToken cancellationToken)
    {
        var request = new MaskWriteRequest
        {
            Image = image,
            ImagePath = input.Path,
            Proposals = result.Proposals,
            Prompts = result.Prompts,
            Probabilities = result.Probabilities,
            OutputFolder = output.Folder,
            Stem = input.ResultName,
            Overwrite = output.Overwrite,
        };
        return [.. output.Writers.SelectMany(writer => writer.Write(request, cancellationToken))];
    }
}
