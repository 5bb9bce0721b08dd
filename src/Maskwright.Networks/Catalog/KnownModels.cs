using Maskwright.Networks.Seedling;

namespace Maskwright.Networks.Catalog;

/// <summary>The table behind <see cref="ModelCatalog"/>.</summary>
/// <remarks>
/// Hashes stand only with original checkpoints that third parties have uploaded again, because there the uploader's word is worth least; they are the
/// ones that many public repositories state alike. Everywhere else the hub's declaration at pull time counts. Parameters were computed from the
/// networks' shapes. File names and rounded sizes are those of the hub's pages.
/// </remarks>
internal static class KnownModels
{
    private const string Apache = "Apache-2.0";
    private const string OriginalsRepository = "ybelkada/segment-anything";

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        .. Seedling(),
        new()
        {
            Id = "classic",
            Family = ModelFamily.Classic,
            Layout = ModelLayout.Embedded,
            Licence = Apache,
            Description = "Learning-free: a region hierarchy and graph cuts. No weights, no download.",
        },
        Transformers("Zigeng/SlimSAM-uniform-77", ModelFamily.SlimSam, 9_724_000, 38_900_000,
            "SAM ViT-B pruned by 77 %: small and the best start on a CPU.", "slimsam-77", "slimsam"),
        Transformers("Zigeng/SlimSAM-uniform-50", ModelFamily.SlimSam, 27_960_000, 112_000_000,
            "SAM ViT-B pruned by 50 %.", "slimsam-50"),
        Transformers("facebook/sam-vit-base", ModelFamily.Sam, 93_740_000, 375_000_000,
            "Segment Anything, ViT-B.", "sam-vit-b", "sam-b", "vit_b"),
        Transformers("facebook/sam-vit-large", ModelFamily.Sam, 312_300_000, 1_249_000_000,
            "Segment Anything, ViT-L.", "sam-vit-l", "sam-l", "vit_l"),
        Transformers("facebook/sam-vit-huge", ModelFamily.Sam, 641_100_000, 2_564_000_000,
            "Segment Anything, ViT-H: the largest and slowest.", "sam-vit-h", "sam-h", "vit_h"),
        new()
        {
            Id = "dhkim2810/MobileSAM",
            Aliases = ["mobile-sam", "mobilesam", "vit_t", "mobile_sam.pt"],
            Family = ModelFamily.MobileSam,
            Layout = ModelLayout.PyTorch,
            Source = new HubSource("dhkim2810/MobileSAM"),
            Files =
            [
                new CatalogFile("mobile_sam.pt", ModelFileRole.Weights)
                {
                    SizeBytes = 40_728_226,
                    Sha256 = "6dbb90523a35330fedd7f1d3dfc66f995213d81b29a5ca8108dbcdd4e37d6c2f",
                },
            ],
            Parameters = 10_130_092,
            ApproximateBytes = 40_728_226,
            Licence = Apache,
            Description = "SAM's decoder behind a TinyViT encoder, the original checkpoint.",
        },
        OnnxSplit("Xenova/slimsam-77-uniform", 9_724_000, 39_900_000, "SlimSAM-77 as two ONNX files; point prompts only.", "slimsam-77-onnx"),
        OnnxSplit("Xenova/slimsam-50-uniform", 27_960_000, 112_800_000, "SlimSAM-50 as two ONNX files; point prompts only.", "slimsam-50-onnx"),
        Original("sam_vit_b_01ec64.pth", 93_740_000, 375_042_383,
            "ec2df62732614e57411cdcf32a23ffdf28910380d03139ee0f4fcbe91eb8c912", "ViT-B", "sam-vit-b-original"),
        Original("sam_vit_l_0b3195.pth", 312_300_000, 1_249_524_607,
            "3adcc4315b642a4d2101128f611684e8734c41232a17c648ed1693702a49a622", "ViT-L", "sam-vit-l-original"),
        Original("sam_vit_h_4b8939.pth", 641_100_000, 2_564_550_879,
            "a7bf3b02f3ebf1267aba913ff637d9a2d5c33d3173bb679e46d9f338c26f262e", "ViT-H", "sam-vit-h-original"),
        .. ShippedModels.All,
        .. KnownNetworks.All,
    ];

    private static IEnumerable<CatalogEntry> Seedling()
    {
        if (SeedlingWeights.AreBuiltIn)
        {
            yield return new CatalogEntry
            {
                Id = "seedling",
                Family = ModelFamily.Seedling,
                Layout = ModelLayout.Embedded,
                Parameters = SeedlingGraphs.Parameters(SeedlingConfig.Default).Sum(p => p.Shape.ElementCount),
                Licence = Apache,
                Description = "This house's own small promptable network, on an encoder that began in ImageNet. Inside the library, no download; some of its training photos are for research only.",
            };
        }
    }

    private static CatalogEntry Transformers(
        string repository, ModelFamily family, long parameters, long approximateBytes, string description, params string[] aliases) => new()
        {
            Id = repository,
            Aliases = aliases,
            Family = family,
            Layout = ModelLayout.Transformers,
            Source = new HubSource(repository),
            Files =
            [
                new CatalogFile("config.json", ModelFileRole.Config),
                new CatalogFile("preprocessor_config.json", ModelFileRole.Preprocessor),
                new CatalogFile("model.safetensors", ModelFileRole.Weights),
            ],
            Parameters = parameters,
            ApproximateBytes = approximateBytes,
            Licence = Apache,
            Description = description,
        };

    private static CatalogEntry OnnxSplit(string repository, long parameters, long approximateBytes, string description, string alias) => new()
    {
        Id = repository,
        Aliases = [alias],
        Family = ModelFamily.SlimSam,
        Layout = ModelLayout.OnnxSplit,
        Source = new HubSource(repository),
        Files =
        [
            new CatalogFile("config.json", ModelFileRole.Config),
            new CatalogFile("preprocessor_config.json", ModelFileRole.Preprocessor),
            new CatalogFile("onnx/vision_encoder.onnx", ModelFileRole.ImageEncoder),
            new CatalogFile("onnx/prompt_encoder_mask_decoder.onnx", ModelFileRole.PromptDecoder),
        ],
        Parameters = parameters,
        ApproximateBytes = approximateBytes,
        Licence = Apache,
        Description = description,
    };

    private static CatalogEntry Original(string file, long parameters, long sizeBytes, string sha256, string size, string alias) => new()
    {
        Id = file,
        Aliases = [alias],
        Family = ModelFamily.Sam,
        Layout = ModelLayout.PyTorch,
        Source = new HubSource(OriginalsRepository),
        Files = [new CatalogFile($"checkpoints/{file}", ModelFileRole.Weights) { SizeBytes = sizeBytes, Sha256 = sha256 }],
        Parameters = parameters,
        ApproximateBytes = sizeBytes,
        Licence = Apache,
        Description = $"Segment Anything, {size}, the original PyTorch checkpoint (a copy on the hub, checked against its published hash).",
    };
}
