namespace Maskwright.Networks.Sam;

/// <summary>All sizes of a SAM: an image encoder, a prompt encoder and a mask decoder.</summary>
public sealed record SamConfig
{
    /// <summary>The network's name.</summary>
    public required string Name { get; init; }

    /// <summary>The network that looks at the image.</summary>
    public required ImageEncoderConfig Encoder { get; init; }

    /// <summary>C, channels of the image embedding and of every token.</summary>
    public int PromptDim { get; init; } = 256;

    /// <summary>Channels inside the encoder of mask hints.</summary>
    public int MaskHintChannels { get; init; } = 16;

    /// <summary>Layers of the decoder's two-way transformer.</summary>
    public int DecoderDepth { get; init; } = 2;

    /// <summary>Attention heads of the decoder.</summary>
    public int DecoderHeads { get; init; } = 8;

    /// <summary>Hidden width of the decoder's MLPs.</summary>
    public int DecoderMlpWidth { get; init; } = 2048;

    /// <summary>Added to the variance in the decoder's layer normalisations; 1e-5 in the original, whatever a Hugging Face config says.</summary>
    public double DecoderLayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>How many times cross-attention narrows its channels.</summary>
    public int AttentionDownsampleRate { get; init; } = 2;

    /// <summary>Linear layers of the head that predicts quality.</summary>
    public int QualityHeadDepth { get; init; } = 3;

    /// <summary>Hidden width of the head that predicts quality.</summary>
    public int QualityHeadWidth { get; init; } = 256;

    /// <summary>Masks for an ambiguous prompt, beside the one for a clear prompt.</summary>
    public int MultimaskOutputs { get; init; } = 3;

    /// <summary>SAM with ViT-B: 94 million parameters.</summary>
    public static SamConfig VitB { get; } = new() { Name = "sam-vit-base", Encoder = VitEncoderConfig.Uniform(768, 12, 12, 3072, 2, 5, 8, 11) };

    /// <summary>SAM with ViT-L: 312 million parameters.</summary>
    public static SamConfig VitL { get; } = new() { Name = "sam-vit-large", Encoder = VitEncoderConfig.Uniform(1024, 24, 16, 4096, 5, 11, 17, 23) };

    /// <summary>SAM with ViT-H: 641 million parameters.</summary>
    public static SamConfig VitH { get; } = new() { Name = "sam-vit-huge", Encoder = VitEncoderConfig.Uniform(1280, 32, 16, 5120, 7, 15, 23, 31) };

    /// <summary>SlimSAM with half of ViT-B's widths: 28 million parameters.</summary>
    public static SamConfig Slim50 { get; } = new() { Name = "slimsam-50", Encoder = VitEncoderConfig.Uniform(384, 12, 12, 1536, 2, 5, 8, 11) };

    /// <summary>SlimSAM with 23 % of ViT-B's widths: 10 million parameters.</summary>
    public static SamConfig Slim77 { get; } = new() { Name = "slimsam-77", Encoder = VitEncoderConfig.Uniform(168, 12, 12, 696, 2, 5, 8, 11) };

    /// <summary>The presets by name.</summary>
    public static IReadOnlyList<SamConfig> Presets { get; } = [VitB, VitL, VitH, Slim50, Slim77, MobileSam.MobileSamConfig.Default];
}
