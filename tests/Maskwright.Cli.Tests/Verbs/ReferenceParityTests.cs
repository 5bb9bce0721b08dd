using System.Text.Json;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

/// <summary>The whole tool beside the reference's own records: the same flags, the same list.</summary>
[Trait("Kind", "parity")]
public class ReferenceParityTests
{
    [Theory]
    [InlineData("grid8_crop0")]
    [InlineData("grid8_crop1")]
    [InlineData("grid8_minarea")]
    public void The_records_are_the_references_in_its_order(string name)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Goldens.Open("sam_amg", $"{name}.json")));
        var inputs = golden.RootElement.GetProperty("inputs");
        var photo = Goldens.Open("sam_amg", inputs.GetProperty("image").GetProperty("file").GetString()!); // the case names its image
        using var run = new ToolRun { UsesRealModels = true };

        var flags = inputs.GetProperty("settings").EnumerateObject().Where(setting => setting.Name is not ("mask_threshold" or "output_mode"))
            .SelectMany(setting => new[] { "--" + setting.Name.Replace('_', '-'), setting.Value.GetRawText() });
        var code = run.Run([
            "everything", "--input", photo, "--checkpoint", Goldens.Open("sam_amg", "tiny_trained.safetensors"), "--output", "@masks", "--convert-to-rle", "--no-overlay", "--no-cache",
            .. flags,
        ]);

        Assert.Equal((ExitCode.Ok, ""), (code, run.Error));
        using var written = JsonDocument.Parse(File.ReadAllText(run.File("masks", Path.GetFileNameWithoutExtension(photo) + ".json")));
        var expected = golden.RootElement.GetProperty("outputs").GetProperty("masks").EnumerateArray()
            .Select(mask => (Numbers(mask.GetProperty("bbox")), Numbers(mask.GetProperty("point"))));
        var actual = written.RootElement.EnumerateArray()
            .Select(mask => (Numbers(mask.GetProperty("bbox")), Numbers(mask.GetProperty("point_coords")[0])));
        Assert.Equal(expected, actual);
    }

    private static string Numbers(JsonElement list) => list.GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal);
}
