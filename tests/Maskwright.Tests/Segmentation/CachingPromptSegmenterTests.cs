using System.Text;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public sealed class CachingPromptSegmenterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_image_is_encoded_once()
    {
        using var first = new CountingSegmenter("a");
        using var second = new CountingSegmenter("a");

        Encode(first, Picture(1));
        Encode(first, Picture(1));
        Encode(second, Picture(1));

        Assert.Equal((1, 0), (first.Encoded, second.Encoded));
    }

    [Fact]
    public void Other_pixels_and_other_models_have_entries_of_their_own()
    {
        using var first = new CountingSegmenter("a");
        using var other = new CountingSegmenter("b");

        Encode(first, Picture(1));
        Encode(first, Picture(2));
        Encode(other, Picture(1));

        Assert.Equal((2, 1), (first.Encoded, other.Encoded));
        Assert.Equal(3, Entries().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prefers_what_the_segmenter_prefers(bool prefers)
    {
        using var caching = new CachingPromptSegmenter(new CountingSegmenter("a") { PrefersReadingsOfOneClick = prefers }, new EmbeddingCacheOptions { Folder = _folder.Path });

        Assert.Equal(prefers, caching.PrefersReadingsOfOneClick);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(45)]
    public void A_cut_off_entry_is_made_anew(int length)
    {
        using var segmenter = new CountingSegmenter("a");
        Encode(segmenter, Picture(1));
        var entry = Assert.Single(Entries());
        File.WriteAllBytes(entry, File.ReadAllBytes(entry)[..length]);
        var faults = new Faults();

        Encode(segmenter, Picture(1), faults: faults);
        Encode(segmenter, Picture(1), faults: faults);

        Assert.Equal(2, segmenter.Encoded);
        Assert.Equal(entry, Assert.Single(faults).Path);
    }

    [Fact]
    public void A_changed_bit_is_noticed()
    {
        using var segmenter = new CountingSegmenter("a");
        Encode(segmenter, Picture(1));
        var entry = Assert.Single(Entries());
        var bytes = File.ReadAllBytes(entry);
        bytes[^1] ^= 1;
        File.WriteAllBytes(entry, bytes);

        Encode(segmenter, Picture(1));

        Assert.Equal(2, segmenter.Encoded);
    }

    [Fact]
    public void An_entry_for_another_size_is_not_trusted()
    {
        using var segmenter = new CountingSegmenter("a");
        Encode(segmenter, Picture(1));
        Encode(segmenter, Picture(2, width: 5));
        var entries = Entries();
        File.Copy(entries[0], entries[1], overwrite: true);

        using var again = new CachingPromptSegmenter(segmenter, new EmbeddingCacheOptions { Folder = _folder.Path });
        using var one = again.Encode(Picture(1));
        using var two = again.Encode(Picture(2, width: 5));

        Assert.Equal((new ImageSize(3, 2), new ImageSize(5, 2)), (one.ImageSize, two.ImageSize));
    }

    [Fact]
    public void The_oldest_entries_go_when_the_folder_is_full()
    {
        using var segmenter = new CountingSegmenter("a");
        Encode(segmenter, Picture(0));
        var size = new FileInfo(Entries()[0]).Length;
        for (byte i = 1; i <= 4; i++)
        {
            Age();
            Encode(segmenter, Picture(i), limit: 3 * size);
        }

        Assert.Equal(3, Entries().Length);
        Encode(segmenter, Picture(4), limit: 3 * size);
        Assert.Equal(5, segmenter.Encoded);
        Encode(segmenter, Picture(0), limit: 3 * size);
        Assert.Equal(6, segmenter.Encoded);
    }

    [Fact]
    public void A_folder_that_cannot_be_is_an_error_unless_somebody_listens()
    {
        using var segmenter = new CountingSegmenter("a");
        File.WriteAllText(_folder.File("taken"), "a file");
        var options = new EmbeddingCacheOptions { Folder = _folder.File("taken") };
        var faults = new Faults();

        Assert.ThrowsAny<IOException>(() => new CachingPromptSegmenter(segmenter, options).Encode(Picture(1)));
        using var embedding = new CachingPromptSegmenter(segmenter, options with { Faults = faults }).Encode(Picture(1));

        Assert.Equal(2, segmenter.Encoded);
        Assert.Contains("cannot be written", Assert.Single(faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_that_fails_leaves_nothing_behind()
    {
        using var segmenter = new CountingSegmenter("a") { FailsToWrite = true };

        Assert.Throws<IOException>(() => Encode(segmenter, Picture(1)));

        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_segmenter_without_files_cannot_be_cached()
    {
        using var discs = new DiscSegmenter();
        using var strange = new CountingSegmenter("../up");
        var options = new EmbeddingCacheOptions { Folder = _folder.Path };

        Assert.Throws<ArgumentException>("inner", () => new CachingPromptSegmenter(discs, options));
        Assert.Throws<ArgumentException>("inner", () => new CachingPromptSegmenter(strange, options));
    }

    public void Dispose() => _folder.Dispose();

    private static RgbImage Picture(byte value, int width = 3) => new(width, 2, [.. Enumerable.Repeat(value, width * 2 * 3)]);

    private void Encode(CountingSegmenter segmenter, RgbImage image, long? limit = null, Faults? faults = null)
    {
        var caching = new CachingPromptSegmenter(segmenter, new EmbeddingCacheOptions { Folder = _folder.Path, SizeLimitBytes = limit, Faults = faults });
        using var embedding = caching.Encode(image);
        Assert.Equal(image.ContentHash(), ((TextEmbedding)embedding).Text);
    }

    private string[] Entries() => [.. Directory.GetFiles(_folder.Path, "*.embedding", SearchOption.AllDirectories).Order()];

    // Entries written within one tick of the file system's clock would be equally old.
    private void Age() => Array.ForEach(Entries(), entry => File.SetLastWriteTimeUtc(entry, File.GetLastWriteTimeUtc(entry).AddHours(-1)));

    private sealed class Faults : List<EmbeddingCacheFault>, IProgress<EmbeddingCacheFault>
    {
        public void Report(EmbeddingCacheFault value) => Add(value);
    }

    private sealed class TextEmbedding(ImageSize size, string text) : ImageEmbedding(size)
    {
        public string Text => text;
    }

    private sealed class CountingSegmenter(string identity) : IPromptSegmenter, IEmbeddingStore
    {
        public int Encoded { get; private set; }

        public bool FailsToWrite { get; init; }

        public string Name => "counting";

        public double MaskThresholdLogit => 0;

        public bool PrefersReadingsOfOneClick { get; init; } = true;

        public string ModelIdentity => identity;

        public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
        {
            Encoded++;
            return new TextEmbedding(image.Size, image.ContentHash());
        }

        public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default) =>
            new(0, 1, [], []);

        public void WriteEmbedding(ImageEmbedding embedding, Stream target)
        {
            using var writer = new BinaryWriter(target, Encoding.UTF8, leaveOpen: true);
            writer.Write(embedding.ImageSize.Width);
            writer.Write(embedding.ImageSize.Height);
            writer.Write(((TextEmbedding)embedding).Text);
            if (FailsToWrite)
            {
                throw new IOException("No space left on device");
            }
        }

        public ImageEmbedding ReadEmbedding(Stream source)
        {
            using var reader = new BinaryReader(source, Encoding.UTF8, leaveOpen: true);
            return new TextEmbedding(new ImageSize(reader.ReadInt32(), reader.ReadInt32()), reader.ReadString());
        }

        public void Dispose()
        {
        }
    }
}
