using Maskwright.Images;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

/// <summary>Images whose objects are known.</summary>
internal static class TestScenes
{
    /// <summary>Disks on a plain ground; the later ones lie on top.</summary>
    public static RgbImage Disks(
        int width, int height, (byte R, byte G, byte B) ground, params (int X, int Y, int Radius, (byte R, byte G, byte B) Color)[] disks) =>
        Paint(width, height, (x, y) => disks.LastOrDefault(d => IsInside(x, y, d.X, d.Y, d.Radius)) is { Radius: > 0 } disk ? disk.Color : ground);

    /// <summary>Soft blobs, stripes and grain: as unruly as a photo.</summary>
    public static RgbImage Photo(int width, int height)
    {
        var random = new Random(5);
        return Paint(width, height, (x, y) =>
        {
            var wave = Math.Sin(x * 0.07) + Math.Cos(y * 0.05) + Math.Sin((x + (2 * y)) * 0.02);
            var stripes = wave > 0.5 ? 40 * Math.Sin(x * 0.9) : 0;
            return (Byte(128 + (40 * wave) + random.Next(12)), Byte(110 + stripes + random.Next(12)), Byte(90 + (30 * Math.Cos(y * 0.03)) + random.Next(12)));
        });
    }

    /// <summary>A disk as a mask.</summary>
    public static BinaryMask Disk(int width, int height, int centerX, int centerY, int radius)
    {
        var mask = new BinaryMask(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                mask[x, y] = IsInside(x, y, centerX, centerY, radius);
            }
        }

        return mask;
    }

    /// <summary>Fails when the overlap is too small.</summary>
    public static void AssertIou(BinaryMask expected, RunLengthMask actual, double atLeast) =>
        Assert.InRange(Iou(expected, actual.ToBinaryMask()), atLeast, 1);

    /// <summary>Fails when no proposal overlaps enough.</summary>
    public static void AssertFinds(BinaryMask expected, IReadOnlyList<MaskProposal> proposals, double atLeast) =>
        Assert.InRange(proposals.Max(p => Iou(expected, p.Mask.ToBinaryMask())), atLeast, 1);

    private static double Iou(BinaryMask one, BinaryMask other)
    {
        long both = 0, any = 0;
        for (var i = 0; i < one.Words.Length; i++)
        {
            both += System.Numerics.BitOperations.PopCount(one.Words[i] & other.Words[i]);
            any += System.Numerics.BitOperations.PopCount(one.Words[i] | other.Words[i]);
        }

        return both / (double)any;
    }

    private static RgbImage Paint(int width, int height, Func<int, int, (byte R, byte G, byte B)> color)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = color(i % width, i / width);
        }

        return new RgbImage(width, height, pixels);
    }

    private static bool IsInside(int x, int y, int centerX, int centerY, int radius) =>
        ((x - centerX) * (x - centerX)) + ((y - centerY) * (y - centerY)) <= radius * radius;

    private static byte Byte(double value) => (byte)Math.Clamp(value, 0, 255);
}
