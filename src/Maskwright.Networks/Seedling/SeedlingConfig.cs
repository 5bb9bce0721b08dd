using Maskwright.Networks.Backbones;

namespace Maskwright.Networks.Seedling;

/// <summary>The sizes of Seedling, the promptable network that ships with this house.</summary>
/// <remarks><c>docs/models/seedling.md</c> says why they are what they are.</remarks>
public sealed record SeedlingConfig
{
    /// <summary>What the coarsest stage's stride divides: both sides of the network's input are multiples of it, in pixels.</summary>
    public const int SideMultiple = 32;

    /// <summary>Pixels between the cells of the logit maps, both directions.</summary>
    public const int MaskStride = 4;

    /// <summary>Masks a prompt, M: the first is the one of a clear prompt, the others are readings of an ambiguous one.</summary>
    public const int Masks = 4;

    /// <summary>Answers of the hierarchy of regions to every prompt, R, that the decoder is told; see <see cref="SeedlingRegions"/>.</summary>
    public const int RegionAnswers = 3;

    /// <summary>The published sizes: on a ResNet-18 whose last stage is narrow inside.</summary>
    public static SeedlingConfig Default { get; } = new() { Body = ResNetConfig.Seedling };

    /// <summary>The sizes of the first Seedling, with an encoder of its own; <see cref="Backbones.FirstSeedlingBackboneConfig"/> stands on this one.</summary>
    public static SeedlingConfig First { get; } = new();

    /// <summary>The model's name.</summary>
    public string Name { get; init; } = "seedling";

    /// <summary>The longest side at which an image is looked at, in pixels; a multiple of <see cref="SideMultiple"/>.</summary>
    public int WorkingSide { get; init; } = 512;

    /// <summary>The residual network that sees the image at strides 4 to 32; null for one of <see cref="StemChannels"/> and <see cref="Stages"/>.</summary>
    public ResNetConfig? Body { get; init; }

    /// <summary>Channels after the first convolution, at stride 2.</summary>
    public int StemChannels { get; init; } = 24;

    /// <summary>The encoder's stages at strides 4, 8, 16 and 32.</summary>
    public IReadOnlyList<SeedlingStage> Stages { get; init; } = [new(48, 2), new(96, 3), new(160, 4), new(256, 2)];

    /// <summary>Heads of the attention among the cells of stride 32; divides their channels, which behind a <see cref="Body"/> are those of the top-down path.</summary>
    public int ContextHeads { get; init; } = 4;

    /// <summary>What is kept of the image at stride 4.</summary>
    public SeedlingLevel Fine { get; init; } = new(Neck: 40, Features: 24, Heads: 2, HeadWidth: 8);

    /// <summary>What is kept of the image at stride 8.</summary>
    public SeedlingLevel Middle { get; init; } = new(Neck: 80, Features: 40, Heads: 4, HeadWidth: 8);

    /// <summary>What is kept of the image at stride 16.</summary>
    public SeedlingLevel Coarse { get; init; } = new(Neck: 128, Features: 64, Heads: 4, HeadWidth: 16);

    /// <summary>Learned maps of what hinders a mask from growing over a cell, each with a spread of its own.</summary>
    public int Walls { get; init; } = 4;

    /// <summary>Steps by which clicks spread between walls, each of one cell at stride 16.</summary>
    public int SpreadSteps { get; init; } = 16;

    /// <summary>Hidden width of the quality head.</summary>
    public int QualityWidth { get; init; } = 64;

    /// <summary>Channels of <c>f4</c>.</summary>
    public int FineChannels => Fine.Features + Fine.Keys;

    /// <summary>Channels of <c>f8</c>.</summary>
    public int MiddleChannels => Middle.Features + Middle.Keys;

    /// <summary>Channels of <c>f16</c>.</summary>
    public int CoarseChannels => Coarse.Features + Coarse.Keys + Walls;
}

/// <summary>A stage of the encoder.</summary>
/// <param name="Channels">Its channels.</param>
/// <param name="Blocks">Its residual blocks of two convolutions.</param>
public sealed record SeedlingStage(int Channels, int Blocks);

/// <summary>What the encoder hands to the decoder at one stride.</summary>
/// <param name="Neck">Channels of the top-down path at this stride.</param>
/// <param name="Features">Channels that the decoder adds its own to.</param>
/// <param name="Heads">Kinds of likeness by which cells are compared.</param>
/// <param name="HeadWidth">Length of the unit vector of a cell for one kind of likeness.</param>
public sealed record SeedlingLevel(int Neck, int Features, int Heads, int HeadWidth)
{
    /// <summary>Channels of all keys.</summary>
    public int Keys => Heads * HeadWidth;
}
