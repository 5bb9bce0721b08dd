using Maskwright.Datasets.Checking;
using Maskwright.Geometry;
using Maskwright.Images;
using Xunit;

namespace Maskwright.Tests.Datasets.Checking;

public sealed class PerceptualHashTests
{
    [Theory]
    [InlineData(0.5, 1.0, 0)]
    [InlineData(1.7, 0.85, 10)]
    [InlineData(1.0, 1.1, -12)]
    public void Copies_of_another_size_and_brightness_differ_in_few_bits(double scale, double contrast, double brightness)
    {
        var picture = Pictures.Clouds(seed: 3);
        var resized = PillowResize.Resize(picture, new ImageSize((int)(picture.Width * scale), (int)(picture.Height * scale)));
        var copy = new RgbImage(resized.Width, resized.Height, [.. resized.Pixels.ToArray().Select(p => (byte)Math.Clamp((p * contrast) + brightness, 0, 255))]);

        var distance = PerceptualHash.Of(picture).Distance(PerceptualHash.Of(copy));

        Assert.InRange(distance, 0, 8);
    }

    [Fact]
    public void Unrelated_pictures_differ_in_about_half_of_the_bits()
    {
        var hashes = Enumerable.Range(0, 20).Select(seed => PerceptualHash.Of(Pictures.Clouds(seed))).ToArray();

        int[] distances = [.. from a in Enumerable.Range(0, 20) from b in Enumerable.Range(0, a) select hashes[a].Distance(hashes[b])];

        Assert.InRange(distances.Average(), 0.4 * PerceptualHash.Bits, 0.6 * PerceptualHash.Bits);
        Assert.True(distances.Min() > LookAlikes.MaxDistance);
    }

    [Fact]
    public void A_mirrored_picture_is_another_picture()
    {
        var picture = Pictures.Clouds(seed: 5);
        var mirrored = new byte[picture.Pixels.Length];
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            var (x, y) = (i % picture.Width, i / picture.Width);
            picture.Pixels.Slice(i * 3, 3).CopyTo(mirrored.AsSpan(((y * picture.Width) + picture.Width - 1 - x) * 3));
        }

        Assert.True(PerceptualHash.Of(picture).Distance(PerceptualHash.Of(new RgbImage(picture.Width, picture.Height, mirrored))) > 25);
    }

    [Fact]
    public void A_flat_picture_and_the_smallest_picture_have_fingerprints()
    {
        Assert.Equal(PerceptualHash.Of(new RgbImage(50, 40, new byte[6000])), PerceptualHash.Of(new RgbImage(1, 1, new byte[3])));
    }

    [Fact]
    public void Look_alikes_are_what_comparing_each_with_each_finds()
    {
        var random = new Random(11);
        var first = new PerceptualHash((ulong)random.NextInt64(), (ulong)random.NextInt64());
        var hashes = Enumerable.Range(0, 400).Select(i => Flip(first, i % 40, random)).ToArray();
        var kept = new LookAlikes();
        foreach (var hash in hashes)
        {
            kept.Add(hash);
        }

        foreach (var limit in (int[])[0, 1, 7, LookAlikes.MaxDistance])
        {
            var found = kept.Find(first, limit);

            var expected = hashes.Select((hash, i) => (Index: i, DistanceBits: hash.Distance(first))).Where(p => p.DistanceBits <= limit).OrderBy(p => p.DistanceBits).ThenBy(p => p.Index);
            Assert.Equal(expected, found);
        }
    }

    private static PerceptualHash Flip(PerceptualHash hash, int bits, Random random)
    {
        for (var i = 0; i < bits; i++)
        {
            var bit = 1UL << random.Next(64);
            hash = random.Next(2) == 0 ? hash with { Frequencies = hash.Frequencies ^ bit } : hash with { Gradients = hash.Gradients ^ bit };
        }

        return hash;
    }
}
