using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.DeepLab;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.SegNet;
using Maskwright.Networks.UNet;

namespace Maskwright.Networks.Semantic;

/// <summary>The sizes of a network that gives every pixel a score for each class.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(FcnConfig), "fcn")]
[JsonDerivedType(typeof(SkipFcnConfig), "fcn-skip")]
[JsonDerivedType(typeof(UNetConfig), "unet")]
[JsonDerivedType(typeof(EncoderUNetConfig), "unet-encoder")]
[JsonDerivedType(typeof(SegNetConfig), "segnet")]
[JsonDerivedType(typeof(DeepLabV3Config), "deeplabv3")]
[JsonDerivedType(typeof(DeepLabV3PlusConfig), "deeplabv3plus")]
[JsonDerivedType(typeof(LrAsppConfig), "lraspp")]
public abstract record SemanticNetworkConfig
{
    // Every network halves the map at most five times.
    private const int LeastSide = 32;

    /// <summary>The name by which a person chooses the network.</summary>
    public required string Name { get; init; }

    /// <summary>K, the number of classes; background counts where the data have one.</summary>
    public int ClassCount { get; init; } = 21;

    /// <summary>Channels of the image.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>What the samples become before they go in.</summary>
    public PixelNormalisation Normalisation { get; init; } = PixelNormalisation.ImageNet;

    /// <summary>The longest side at which an image is looked at, in pixels, because crops of this scale taught the network; 0 means the image's own.</summary>
    public int WorkingSide { get; init; }

    /// <summary>Pixels by which the image must reach beyond the scores on every side, and whose size decides for others; see <see cref="UNetConfig"/>. 0 where the scores are as large as the image.</summary>
    [JsonIgnore]
    public virtual int ContextPixels => 0;

    /// <summary>Whether there is an auxiliary head for training.</summary>
    [JsonIgnore]
    public virtual bool HasAuxiliary => false;

    /// <summary>The checkpoint layouts that the network reads; its own names come first.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<KeyMap> Layouts { get; }

    /// <summary>The network as a graph: <c>image</c> [B,C,H,W] to <c>logits</c> [B,K,H,W].</summary>
    /// <param name="options">Which form; null for any size and inference.</param>
    /// <exception cref="ShapeException">The image is too small for the network.</exception>
    public Graph Build(SemanticGraphOptions? options = null)
    {
        options ??= new SemanticGraphOptions();
        var g = new GraphBuilder(Name);
        var batch = options.Batch is { } count ? Dim.FromInt64(count) : Dim.Symbolic("B");
        var (height, width) = options.Size is { } size ? (Dim.FromInt64(size.Height), Dim.FromInt64(size.Width)) : (Dim.Symbolic("H"), Dim.Symbolic("W"));
        var (logits, auxiliary) = Describe(g, g.Input("image", batch, InputChannels, height, width), options.WithStages ? g.Output : (_, _) => { });
        g.Output("logits", logits);
        if (options.WithAuxiliary && auxiliary is not null)
        {
            g.Output("auxiliary", auxiliary);
        }

        return g.Build();
    }

    /// <summary>The network without what only training needs.</summary>
    internal virtual SemanticNetworkConfig ForInference() => this;

    /// <summary>The least side of scores, at least as large as a wanted one, that the network can give.</summary>
    /// <param name="side">Pixels.</param>
    internal virtual int OutputSideFor(int side) => Math.Max(side, LeastSide);

    /// <summary>Describes the layers.</summary>
    /// <param name="g">The network.</param>
    /// <param name="image">[B,C,H,W].</param>
    /// <param name="stage">Told the value of each stage.</param>
    /// <returns>The scores, and those of the auxiliary head; null without one.</returns>
    internal abstract (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage);
}
