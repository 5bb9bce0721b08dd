using Maskwright.Images;

namespace Maskwright.Networks.Classic;

/// <summary>Brings the finest regions from the working size to the image's size, with borders that follow the image.</summary>
/// <remarks>Joint bilateral upsampling (Kopf et al. 2007) of labels: where the four working pixels around a position disagree, each votes with its
/// bilinear weight and with how close its colour is to the image's pixel.</remarks>
internal static class LabelEnlargement
{
    private const int StripWidth = 64;
    private const float ColorSigma = 24f;

    /// <summary>Enlarges and splits into the runs of each column.</summary>
    /// <param name="labels">[h,w] labels at the working size.</param>
    /// <param name="working">The working image.</param>
    /// <param name="image">The image itself.</param>
    /// <param name="cancellationToken">Stops between strips.</param>
    public static ColumnRuns Enlarge(int[] labels, WorkingImage working, RgbImage image, CancellationToken cancellationToken)
    {
        var strips = new List<(int Label, int Length)>[(image.Width + StripWidth - 1) / StripWidth];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, strips.Length, options, strip => strips[strip] = RunsOfStrip(labels, working, image, strip * StripWidth));
        return new ColumnRuns(image.Size, [.. strips.SelectMany(s => s)]);
    }

    private static List<(int Label, int Length)> RunsOfStrip(int[] labels, WorkingImage working, RgbImage image, int left)
    {
        var width = Math.Min(StripWidth, image.Width - left);
        var strip = new int[width * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            var down = Sample.At(y, image.Height, working.Height);
            for (var x = 0; x < width; x++)
            {
                strip[(x * image.Height) + y] = Vote(labels, working, image, left + x, y, Sample.At(left + x, image.Width, working.Width), down);
            }
        }

        return Runs(strip);
    }

    private static int Vote(int[] labels, WorkingImage working, RgbImage image, int x, int y, Sample across, Sample down)
    {
        int upper = down.Lower * working.Width, lower = down.Upper * working.Width;
        ReadOnlySpan<int> cells = [upper + across.Lower, upper + across.Upper, lower + across.Lower, lower + across.Upper];
        var first = labels[cells[0]];
        if (labels[cells[1]] == first && labels[cells[2]] == first && labels[cells[3]] == first)
        {
            return first;
        }

        ReadOnlySpan<float> weights =
        [
            (1 - across.Share) * (1 - down.Share), across.Share * (1 - down.Share), (1 - across.Share) * down.Share, across.Share * down.Share,
        ];
        var pixel = image.Row(y).Slice(x * 3, 3);
        Span<float> votes = stackalloc float[4];
        for (var i = 0; i < 4; i++)
        {
            var vote = (weights[i] + 0.01f) * Likeness(pixel, working.Rgb.AsSpan(cells[i] * 3, 3));
            var same = 0;
            while (labels[cells[same]] != labels[cells[i]])
            {
                same++;
            }

            votes[same] += vote;
        }

        var best = 0;
        for (var i = 1; i < 4; i++)
        {
            best = votes[i] > votes[best] ? i : best;
        }

        return labels[cells[best]];
    }

    private static float Likeness(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        int red = one[0] - other[0], green = one[1] - other[1], blue = one[2] - other[2];
        return MathF.Exp(-((red * red) + (green * green) + (blue * blue)) / (2 * ColorSigma * ColorSigma)) + 1e-6f;
    }

    private static List<(int Label, int Length)> Runs(int[] columns)
    {
        var runs = new List<(int Label, int Length)>();
        var start = 0;
        for (var i = 1; i <= columns.Length; i++)
        {
            if (i == columns.Length || columns[i] != columns[start])
            {
                runs.Add((columns[start], i - start));
                start = i;
            }
        }

        return runs;
    }

    /// <summary>The two working pixels around a pixel of the image along one side, with half-pixel centres.</summary>
    private readonly record struct Sample(int Lower, int Upper, float Share)
    {
        public static Sample At(int position, int imageSide, int workingSide)
        {
            var center = Math.Clamp((((position + 0.5f) * workingSide) / imageSide) - 0.5f, 0, workingSide - 1);
            var lower = (int)center;
            return new Sample(lower, Math.Min(lower + 1, workingSide - 1), center - lower);
        }
    }
}
