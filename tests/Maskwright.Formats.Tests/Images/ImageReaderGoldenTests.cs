using System.Security.Cryptography;
using Maskwright.Formats.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

[Trait("Kind", "parity")]
public class ImageReaderGoldenTests
{
    [Theory]
    [InlineData("preprocess_truck_jpg")]
    [InlineData("preprocess_truck_small_png")]
    public void Decodes_to_the_very_bytes_of_pillow(string name)
    {
        var golden = GoldenCase.Open("sam_tiny", name);
        var input = golden.Inputs.GetProperty("image");

        var image = ImageReader.Read(Goldens.Open("sam_tiny", input.GetProperty("file").GetString() ?? string.Empty));

        Assert.Equal(input.GetProperty("decoded_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(image.Pixels)));
        golden.Output("decoded_u8").AssertEqual(image.Pixels);
    }
}
