using System.Security.Cryptography;
using System.Text.Json;
using Maskwright.Formats.Images;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

/// <summary>Small files written by Pillow 9.4, with the SHA-256 of what its <c>convert("RGB")</c> makes of each (samples/pillow.json).</summary>
/// <remarks>
/// Known to differ, and therefore not here: 16-bit grey (Pillow clips at 255), transparent pixels of a GIF (black; Pillow: the palette's colour),
/// and foreign ICC profiles (Pillow ignores them).
/// </remarks>
[Trait("Kind", "parity")]
public class PillowDecodingTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Images", "samples");

    public static TheoryData<string, string> Samples()
    {
        var samples = new TheoryData<string, string>();
        foreach (var (file, hash) in JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "pillow.json"))) ?? [])
        {
            samples.Add(file, hash);
        }

        return samples;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decodes_to_the_very_bytes_of_pillow(string file, string hash)
    {
        var image = ImageReader.Read(Path.Combine(Folder, file));

        Assert.Equal("37x29", image.Size.ToString());
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(image.Pixels)));
    }
}
