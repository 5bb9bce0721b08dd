using System.Diagnostics;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Bench.Evaluation;

/// <summary>OpenCV's GrabCut as a model that answers boxes: the control that every other answer to a box must beat. Runs <c>bench/peers/grabcut_boxes.py</c>.</summary>
internal sealed class GrabCutSegmenter : IPromptSegmenter
{
    private readonly Process _python;
    private readonly Lock _lock = new();
    private Embedding? _current;

    /// <summary>Starts the script.</summary>
    /// <param name="python">A Python with OpenCV, such as Debian's with python3-opencv.</param>
    public GrabCutSegmenter(string python)
    {
        var script = Path.Combine("bench", "peers", "grabcut_boxes.py");
        _python = Process.Start(new ProcessStartInfo(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{python} could not be started.");
    }

    public string Name => "grabcut";

    public double MaskThresholdLogit => 0;

    public bool PrefersReadingsOfOneClick => true;

    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => new Embedding(image);

    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new MaskPredictions(prompts.Count, 1, [.. prompts.Select(_ => 1f)], [.. prompts.Select(prompt => Answer((Embedding)embedding, prompt))]);
        }
    }

    public void Dispose()
    {
        _python.StandardInput.Close();
        _python.WaitForExit();
        _python.Dispose();
    }

    private MaskLogits Answer(Embedding embedding, Prompt prompt)
    {
        var box = prompt.Box ?? throw new ArgumentException("GrabCut answers boxes only: --measure box.");
        var requests = new BinaryWriter(_python.StandardInput.BaseStream);
        var size = embedding.Image.Size;
        if (_current != embedding)
        {
            _current = embedding;
            requests.Write((byte)'I');
            requests.Write(size.Width);
            requests.Write(size.Height);
            requests.Write(embedding.Image.Pixels);
        }

        requests.Write((byte)'B');
        Array.ForEach([box.X0, box.Y0, box.X1, box.Y1], requests.Write);
        requests.Flush();
        var inside = new byte[size.PixelCount];
        _python.StandardOutput.BaseStream.ReadExactly(inside);
        return new MaskLogits(inside.Select(value => value != 0 ? 1f : -1f).ToArray(), size.Width, size.Height, LogitFrame.Identity(size));
    }

    private sealed class Embedding(RgbImage image) : ImageEmbedding(image.Size)
    {
        public RgbImage Image => image;
    }
}
