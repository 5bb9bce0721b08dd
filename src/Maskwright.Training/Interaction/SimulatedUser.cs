using Maskwright.Geometry;
using Maskwright.Segmentation;
using Maskwright.Training.Data;

namespace Maskwright.Training.Interaction;

/// <summary>A user who wants one object: first a click or a box, then clicks where the answer is wrong (Kirillov et al. 2023, appendix A).</summary>
internal sealed class SimulatedUser(ObjectTarget target, InteractionOptions options)
{
    private const float MaxBoxShiftPixels = 20;

    private readonly List<SimulatedClick> _clicks = [];

    /// <summary>The object that is wanted.</summary>
    public ObjectTarget Target => target;

    /// <summary>All points so far: two of the first prompt, then one a round.</summary>
    public IReadOnlyList<SimulatedClick> Clicks => _clicks;

    /// <summary>The same as a prompt on the crop.</summary>
    public Prompt Prompt
    {
        get
        {
            SimulatedClick[] Of(ClickLabel label) => [.. _clicks.Where(click => click.Label == label)];
            PromptPoint[] Points(ClickLabel label) => [.. Of(label).Select(click => new PromptPoint(click.X, click.Y, label == ClickLabel.Foreground))];
            var corners = Of(ClickLabel.BoxStart).Concat(Of(ClickLabel.BoxEnd)).ToArray();
            var box = corners is [var a, var b] && a.X < b.X && a.Y < b.Y ? new PixelBox(a.X, a.Y, b.X, b.Y) : (PixelBox?)null;
            return new Prompt { Points = [.. Points(ClickLabel.Foreground), .. Points(ClickLabel.Background)], Box = box };
        }
    }

    /// <summary>Starts with a click inside the object, or with a box around it that is a little off.</summary>
    public void Begin(SampleRandom random)
    {
        _clicks.Clear();
        if (random.Chance(options.BoxProbability))
        {
            AddBox(random);
            return;
        }

        var (x, y) = random.Chance(options.CentreProbability) ? target.DeepestPixel() : target.RandomPixel(random);
        _clicks.Add(new SimulatedClick(x + 0.5f, y + 0.5f, ClickLabel.Foreground));
        _clicks.Add(new SimulatedClick(0, 0, ClickLabel.Padding));
    }

    /// <summary>Clicks at an error of the answer.</summary>
    /// <param name="logits">[S/4,S/4] the answer; above 0 is inside.</param>
    /// <param name="random">Says whether to the middle of the largest error or anywhere in it.</param>
    public void Correct(ReadOnlySpan<float> logits, SampleRandom random)
    {
        var (missing, extra) = Errors(logits);
        var (missingDistances, extraDistances) = (ChamferDistance.FromOutside(missing, target.Width), ChamferDistance.FromOutside(extra, target.Width));
        var (deepMissing, deepExtra) = (ChamferDistance.Deepest(missingDistances), ChamferDistance.Deepest(extraDistances));
        if (deepMissing.Depth == 0 && deepExtra.Depth == 0)
        {
            var (x, y) = target.RandomPixel(random);
            _clicks.Add(new SimulatedClick(x + 0.5f, y + 0.5f, ClickLabel.Foreground));
            return;
        }

        var isMissing = deepMissing.Depth > deepExtra.Depth;
        var cell = random.Chance(options.CentreProbability) ? (isMissing ? deepMissing.At : deepExtra.At) : RandomCell(isMissing ? missing : extra, random);
        Click(cell, isMissing, random);
    }

    private (bool[] Missing, bool[] Extra) Errors(ReadOnlySpan<float> logits)
    {
        var (missing, extra) = (new bool[logits.Length], new bool[logits.Length]);
        for (var i = 0; i < logits.Length; i++)
        {
            var isWanted = target.Coverage[i] > 0.5f;
            var isKnown = target.Known[i] > 0.5f;
            missing[i] = isKnown && isWanted && logits[i] <= 0;
            extra[i] = isKnown && !isWanted && logits[i] > 0;
        }

        return (missing, extra);
    }

    private static int RandomCell(bool[] cells, SampleRandom random)
    {
        var left = random.Next(cells.Count(cell => cell));
        for (var i = 0; ; i++)
        {
            if (cells[i] && left-- == 0)
            {
                return i;
            }
        }
    }

    // The cell is larger than a pixel: the label must be true at the very pixel that is clicked.
    private void Click(int cell, bool isMissing, SampleRandom random)
    {
        int left = cell % target.Width * ObjectTarget.Stride, top = cell / target.Width * ObjectTarget.Stride;
        var start = random.Next(ObjectTarget.Stride * ObjectTarget.Stride);
        for (var i = 0; i < ObjectTarget.Stride * ObjectTarget.Stride; i++)
        {
            var at = (start + i) % (ObjectTarget.Stride * ObjectTarget.Stride);
            int x = left + (at % ObjectTarget.Stride), y = top + (at / ObjectTarget.Stride);
            if (target.Holds(x, y) == isMissing)
            {
                _clicks.Add(new SimulatedClick(x + 0.5f, y + 0.5f, isMissing ? ClickLabel.Foreground : ClickLabel.Background));
                return;
            }
        }
    }

    private void AddBox(SampleRandom random)
    {
        var bounds = target.Bounds;
        float Shifted(int value, int length) =>
            Math.Clamp(value + (float)Math.Clamp(random.NextNormal() * options.BoxNoise * length, -MaxBoxShiftPixels, MaxBoxShiftPixels), 0, target.Side);
        float x0 = Shifted(bounds.X, bounds.Width), x1 = Shifted(bounds.Right, bounds.Width);
        float y0 = Shifted(bounds.Y, bounds.Height), y1 = Shifted(bounds.Bottom, bounds.Height);
        _clicks.Add(new SimulatedClick(Math.Min(x0, x1), Math.Min(y0, y1), ClickLabel.BoxStart));
        _clicks.Add(new SimulatedClick(Math.Max(x0, x1), Math.Max(y0, y1), ClickLabel.BoxEnd));
    }
}
