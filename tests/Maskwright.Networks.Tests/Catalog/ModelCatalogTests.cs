using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("classic", "classic")]
    [InlineData("slimsam-77", "Zigeng/SlimSAM-uniform-77")]
    [InlineData("SlimSAM-50", "Zigeng/SlimSAM-uniform-50")]
    [InlineData("zigeng/slimsam-uniform-77", "Zigeng/SlimSAM-uniform-77")]
    [InlineData("slimsam-77-onnx", "Xenova/slimsam-77-uniform")]
    [InlineData("sam-vit-b", "facebook/sam-vit-base")]
    [InlineData("vit_h", "facebook/sam-vit-huge")]
    [InlineData("mobile-sam", "dhkim2810/MobileSAM")]
    [InlineData("mobile_sam.pt", "dhkim2810/MobileSAM")]
    [InlineData("sam_vit_l_0b3195.pth", "sam_vit_l_0b3195.pth")]
    public void Finds_models_by_name(string name, string id) => Assert.Equal(id, ModelCatalog.Find(name)?.Id);

    [Fact]
    public void Does_not_find_what_it_does_not_know() => Assert.Null(ModelCatalog.Find("sam-vit-xxl"));

    [Theory]
    [InlineData("slimsam77", "slimsam-77")]
    [InlineData("mobil-sam", "mobile-sam")]
    [InlineData("clasic", "classic")]
    [InlineData("sam-vit-bb", "sam-vit-b")]
    public void Suggests_what_may_have_been_meant(string typed, string meant) => Assert.Equal(meant, ModelCatalog.Suggest(typed)[0]);

    [Fact]
    public void Suggests_nothing_for_something_else() => Assert.Empty(ModelCatalog.Suggest("something-else-altogether"));

    [Fact]
    public void Every_entry_can_be_pulled_or_is_embedded_or_says_how_to_get_it() => Assert.All(ModelCatalog.Entries, entry =>
    {
        if (entry.Layout == ModelLayout.Embedded)
        {
            Assert.Null(entry.Source);
            Assert.Empty(entry.Files);
            return;
        }

        if (entry.ShippedFile is not null)
        {
            Assert.Null(entry.Source);
            Assert.True(File.Exists(new ModelResolver(new HubCache(new HubEnvironment { CacheFolder = Path.GetTempPath() })).Resolve(entry.ShortName).PathOf(ModelFileRole.Weights)));
            return;
        }

        if (entry.HowToGet is { } advice)
        {
            Assert.Null(entry.Source);
            Assert.Contains(entry.Id, advice, StringComparison.Ordinal);
            return;
        }

        Assert.True(HubNames.IsRepository(entry.Source!.Repository)); // Asserted not to be embedded.
        Assert.NotEmpty(entry.Files);
        Assert.All(entry.Files, file => Assert.Equal(file.Path, HubNames.RelativePath(file.Path, entry.Id, "file")));
        Assert.All(entry.Files, file => Assert.True(file.Sha256 is null || HubNames.IsSha256(file.Sha256)));
        Assert.NotNull(entry.ApproximateBytes);
        Assert.NotNull(entry.Parameters);
    });

    [Fact]
    public void The_files_of_every_entry_are_recognised_as_its_layout() => Assert.All(
        ModelCatalog.Entries.Where(entry => entry.Files.Count > 0),
        entry => Assert.Equal(entry.Layout, DetectedLayout.Detect([.. entry.Files.Select(file => file.Path)])?.Layout));

    [Fact]
    public void Single_precision_weights_are_four_bytes_a_parameter() => Assert.All(
        ModelCatalog.Entries.Where(entry => entry.Parameters is not null && entry.Source is not null),
        entry => Assert.InRange((double)entry.ApproximateBytes!.Value / (4 * entry.Parameters!.Value), 0.99, 1.03)); // Filtered above.

    [Theory]
    [InlineData("config.json;preprocessor_config.json;model.safetensors;pytorch_model.bin;tf_model.h5;README.md", "config.json;preprocessor_config.json;model.safetensors")]
    [InlineData("onnx/vision_encoder.onnx;onnx/vision_encoder_fp16.onnx;onnx/prompt_encoder_mask_decoder.onnx;onnx/prompt_encoder_mask_decoder_fp16.onnx;config.json", "config.json;onnx/vision_encoder.onnx;onnx/prompt_encoder_mask_decoder.onnx")]
    [InlineData("onnx/vision_encoder_quantized.onnx;onnx/prompt_encoder_mask_decoder_quantized.onnx", "onnx/vision_encoder_quantized.onnx;onnx/prompt_encoder_mask_decoder_quantized.onnx")]
    [InlineData("sam_encoder.onnx;sam_decoder.onnx;sam_encoder.onnx_data", "sam_encoder.onnx;sam_decoder.onnx;sam_encoder.onnx_data")]
    [InlineData("README.md;mobile_sam.pt", "mobile_sam.pt")]
    public void Chooses_the_files_that_a_model_needs(string listed, string chosen) =>
        Assert.Equal(chosen.Split(';'), HubFileChoice.Choose(Info(listed)).Select(file => file.Path));

    [Fact]
    public void Lists_the_candidates_when_it_cannot_choose()
    {
        var fault = Assert.Throws<HubException>(() => HubFileChoice.Choose(Info("checkpoints/sam_vit_b_01ec64.pth;checkpoints/sam_vit_l_0b3195.pth")));

        Assert.Contains("checkpoints/sam_vit_b_01ec64.pth, checkpoints/sam_vit_l_0b3195.pth", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_when_there_are_no_weights_at_all() =>
        Assert.Contains("no weights", Assert.Throws<HubException>(() => HubFileChoice.Choose(Info("README.md"))).Message, StringComparison.Ordinal);

    private static HubModelInfo Info(string listed) =>
        new(new HubModelSummary("a/b"), FakeHub.Commit, [.. listed.Split(';').Select(path => new HubFile(path))]);
}
