using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class ModelResolverTests : IDisposable
{
    private const string Commit = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string SamConfig = "{\"model_type\":\"sam\"}";
    private readonly TemporaryFolder folder = new();
    private readonly ModelResolver resolver;

    public ModelResolverTests() => resolver = new ModelResolver(new HubCache(new HubEnvironment { CacheFolder = Path.Combine(folder.Path, "hub") }));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_embedded_model_is_always_here()
    {
        var model = resolver.Resolve(" Classic ");

        Assert.Equal(("classic", ModelFamily.Classic, ModelLayout.Embedded), (model.Name, model.Family, model.Layout));
        Assert.Empty(model.Files);
    }

    [Fact]
    public void A_pulled_model_is_found_by_any_of_its_names()
    {
        Pulled("Zigeng/SlimSAM-uniform-77", "config.json", "preprocessor_config.json", "model.safetensors");

        foreach (var name in new[] { "slimsam-77", "Zigeng/SlimSAM-uniform-77" })
        {
            var model = resolver.Resolve(name);

            Assert.Equal(("slimsam-77", ModelFamily.SlimSam, ModelLayout.Transformers), (model.Name, model.Family, model.Layout));
            Assert.Equal(("Zigeng/SlimSAM-uniform-77", Commit), (model.Repository, model.Commit));
            Assert.EndsWith("model.safetensors", model.PathOf(ModelFileRole.Weights), StringComparison.Ordinal);
            Assert.True(File.Exists(model.PathOf(ModelFileRole.Config)));
        }
    }

    [Fact]
    public void A_known_model_that_is_not_here_names_the_command_that_gets_it()
    {
        var error = Assert.Throws<ModelNotFoundException>(() => resolver.Resolve("facebook/sam-vit-base"));

        Assert.Equal("sam-vit-b", error.PullName);
        Assert.Contains("`maskwright models pull sam-vit-b` gets it (about 375.0 MB)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_pulled_model_is_not_here()
    {
        Pulled("Zigeng/SlimSAM-uniform-77", "config.json");

        Assert.Equal("slimsam-77", Assert.Throws<ModelNotFoundException>(() => resolver.Resolve("slimsam-77")).PullName);
    }

    [Fact]
    public void A_repository_that_the_catalog_does_not_know_is_read_from_the_cache()
    {
        Pulled("someone/fine-tuned", "model.safetensors");
        folder.Write($"hub/models--someone--fine-tuned/snapshots/{Commit}/config.json", SamConfig);

        var model = resolver.Resolve("someone/fine-tuned");

        Assert.Equal((ModelFamily.Sam, ModelLayout.Transformers, "someone/fine-tuned"), (model.Family, model.Layout, model.Repository));
        Assert.Equal(model.Files, resolver.Resolve("someone/fine-tuned@" + Commit).Files);
    }

    [Fact]
    public void A_repository_that_is_not_here_names_the_command_that_may_get_it()
    {
        var error = Assert.Throws<ModelNotFoundException>(() => resolver.Resolve("someone/fine-tuned@v2"));

        Assert.Equal("someone/fine-tuned", error.PullName);
        Assert.Contains("maskwright models pull someone/fine-tuned --revision v2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sam_vit_b_01ec64.pth", ModelFamily.Sam, ModelLayout.PyTorch)]
    [InlineData("mobile_sam.pt", ModelFamily.MobileSam, ModelLayout.PyTorch)]
    [InlineData("mine.pth", ModelFamily.Unknown, ModelLayout.PyTorch)]
    [InlineData("mine.safetensors", ModelFamily.Unknown, ModelLayout.Safetensors)]
    public void A_checkpoint_is_a_model(string file, ModelFamily family, ModelLayout layout)
    {
        var path = folder.Write(file, "x");

        var model = resolver.Resolve(path);

        Assert.Equal((family, layout), (model.Family, model.Layout));
        Assert.Equal([new ResolvedFile(path, ModelFileRole.Weights)], model.Files);
    }

    [Theory]
    [InlineData("{\"model_type\":\"sam\",\"vision_config\":{\"hidden_size\":168,\"mlp_dim\":696}}", ModelFamily.SlimSam)]
    [InlineData("{\"model_type\":\"sam\",\"vision_config\":{\"hidden_size\":1280}}", ModelFamily.Sam)]
    [InlineData("{\"model_type\":\"sam\"}", ModelFamily.Sam)]
    [InlineData("{\"model_type\":\"mask2former\"}", ModelFamily.Unknown)]
    [InlineData("[]", ModelFamily.Unknown)]
    public void The_configuration_says_the_family(string config, ModelFamily family)
    {
        folder.Write("m/config.json", config);
        var weights = folder.Write("m/model.safetensors", "x");

        var byFolder = resolver.Resolve(Path.Combine(folder.Path, "m"));
        var byFile = resolver.Resolve(weights);

        Assert.Equal((family, ModelLayout.Transformers, "m"), (byFolder.Family, byFolder.Layout, byFolder.Name));
        Assert.Equal((family, ModelLayout.Transformers), (byFile.Family, byFile.Layout));
    }

    [Fact]
    public void A_broken_configuration_is_named()
    {
        var config = folder.Write("m/config.json", "{");
        folder.Write("m/model.safetensors", "x");

        var error = Assert.Throws<ModelNotFoundException>(() => resolver.Resolve(Path.Combine(folder.Path, "m")));

        Assert.StartsWith(config, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("onnx/vision_encoder.onnx")]
    [InlineData("onnx/prompt_encoder_mask_decoder.onnx")]
    [InlineData("")]
    public void An_onnx_pair_is_found_from_its_folder_or_either_file(string typed)
    {
        var encoder = folder.Write("p/onnx/vision_encoder.onnx", "x");
        var decoder = folder.Write("p/onnx/prompt_encoder_mask_decoder.onnx", "x");
        folder.Write("p/onnx/vision_encoder_quantized.onnx", "x");
        folder.Write("p/onnx/prompt_encoder_mask_decoder_quantized.onnx", "x");

        var model = resolver.Resolve(Path.Combine(folder.Path, "p", typed));

        Assert.Equal((ModelLayout.OnnxSplit, encoder, decoder), (model.Layout, model.PathOf(ModelFileRole.ImageEncoder), model.PathOf(ModelFileRole.PromptDecoder)));
    }

    [Fact]
    public void A_variant_keeps_its_own_partner()
    {
        folder.Write("p/vision_encoder.onnx", "x");
        folder.Write("p/prompt_encoder_mask_decoder.onnx", "x");
        folder.Write("p/prompt_encoder_mask_decoder_fp16.onnx", "x");

        var model = resolver.Resolve(folder.Write("p/vision_encoder_fp16.onnx", "x"));

        Assert.EndsWith("prompt_encoder_mask_decoder_fp16.onnx", model.PathOf(ModelFileRole.PromptDecoder), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_of_sams_own_script_is_a_pair_of_its_own_kind()
    {
        var encoder = folder.Write("p/mobile_sam_image_encoder.onnx", "x");
        var decoder = folder.Write("p/sam_mask_decoder_multi.onnx", "x");

        Assert.Equal(ModelLayout.OnnxPair, resolver.Resolve(decoder).Layout);
        Assert.Equal(encoder, resolver.Resolve(decoder).PathOf(ModelFileRole.ImageEncoder));
        Assert.Equal(decoder, resolver.Resolve(Path.Combine(folder.Path, "p")).PathOf(ModelFileRole.PromptDecoder));
    }

    [Fact]
    public void Half_a_pair_is_explained() =>
        Assert.Contains("the encoder that belongs to this one", Fails(folder.Write("p/sam_decoder.onnx", "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_with_several_checkpoints_lists_them()
    {
        folder.Write("p/a.pth", "x");
        folder.Write("p/b.pth", "x");

        Assert.Contains("a.pth, b.pth", Fails(Path.Combine(folder.Path, "p")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes.txt", "not a model file")]
    [InlineData("empty/", "holds no model")]
    public void What_is_no_model_is_named(string name, string expected)
    {
        var path = Path.Combine(folder.Path, name.TrimEnd('/'));
        if (name.EndsWith('/'))
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            folder.Write(name, "x");
        }

        Assert.Contains(expected, Fails(path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slimsam77", "did you mean slimsam-77")]
    [InlineData("nothing-like-it-at-all", "maskwright models list")]
    [InlineData("./missing/model.pth", "no such file or folder")]
    [InlineData("missing.pth", "no such file or folder")]
    [InlineData("weights/model.pth", "no such file or folder")]
    public void What_is_not_there_is_explained(string name, string expected)
    {
        var error = Fails(name);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Null(error.PullName);
    }

    private ModelNotFoundException Fails(string name) => Assert.Throws<ModelNotFoundException>(() => resolver.Resolve(name));

    private void Pulled(string repository, params string[] files)
    {
        var root = "hub/" + HubCacheLayout.FolderName(repository);
        folder.Write(root + "/refs/main", Commit);
        foreach (var file in files)
        {
            folder.Write($"{root}/snapshots/{Commit}/{file}", "x");
        }
    }
}
