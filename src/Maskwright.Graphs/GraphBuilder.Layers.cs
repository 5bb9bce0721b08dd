using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <content>Layers with parameters, under the names that PyTorch gives them.</content>
public sealed partial class GraphBuilder
{
    /// <summary>2-D convolution with parameters <c>name.weight</c> [O,C/groups,k,k] and <c>name.bias</c> [O].</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="name">The layer, relative to the scope.</param>
    /// <param name="channels">O, the channels of the result.</param>
    /// <param name="kernel">k, the side of the window in pixels.</param>
    /// <param name="stride">Step in pixels.</param>
    /// <param name="padding">Zeros added on every side.</param>
    /// <param name="dilation">Distance between the taps.</param>
    /// <param name="groups">Groups of channels convolved apart; one for each channel is a depthwise convolution.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <returns>[B,O,H',W'].</returns>
    public Value Conv2d(Value x, string name, Dim channels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(channels);
        Dim taken = groups == 1 ? x.Shape[1] : (x.Shape[1].Size ?? throw new ShapeException($"{_scope}{name}: grouped channels must be known")) / groups;
        var weight = Parameter($"{name}.weight", channels, taken, kernel, kernel);
        return Apply(name, new Convolution2d(stride, padding, dilation, groups), bias ? [x, weight, Parameter($"{name}.bias", channels)] : [x, weight]);
    }

    /// <summary>2-D transposed convolution with parameters <c>name.weight</c> [C,O/groups,k,k] and <c>name.bias</c> [O].</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="name">The layer, relative to the scope.</param>
    /// <param name="channels">O, the channels of the result.</param>
    /// <param name="kernel">k, the side of the window in pixels.</param>
    /// <param name="stride">Step in pixels of the result.</param>
    /// <param name="padding">Pixels cut off the result on every side.</param>
    /// <param name="outputPadding">Pixels added to the result right and below.</param>
    /// <param name="groups">Groups of channels convolved apart.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <returns>[B,O,(H-1)*stride+k-2*padding+outputPadding,...].</returns>
    public Value ConvTranspose2d(Value x, string name, Dim channels, int kernel, int stride, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(channels);
        var weight = Parameter($"{name}.weight", x.Shape[1], groups == 1 ? channels : channels.DividedBy(groups), kernel, kernel);
        var operation = new ConvolutionTranspose2d(stride, padding, outputPadding, groups);
        return Apply(name, operation, bias ? [x, weight, Parameter($"{name}.bias", channels)] : [x, weight]);
    }

    /// <summary>A linear layer on the last axis with parameters <c>name.weight</c> [O,I] and <c>name.bias</c> [O].</summary>
    /// <param name="x">[...,I].</param>
    /// <param name="name">The layer, relative to the scope.</param>
    /// <param name="features">O, the size of the new last axis.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <returns>[...,O].</returns>
    public Value Linear(Value x, string name, Dim features, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        var weight = Parameter($"{name}.weight", features, x.Shape[-1]);
        return Apply(name, new Linear(), bias ? [x, weight, Parameter($"{name}.bias", features)] : [x, weight]);
    }

    /// <summary>Layer normalisation over the last axis with parameters <c>name.weight</c> and <c>name.bias</c>, each [C].</summary>
    /// <param name="x">[...,C].</param>
    /// <param name="name">The layer, relative to the scope.</param>
    /// <param name="epsilon">Added to the variance; PyTorch's default is 1e-5.</param>
    public Value LayerNorm(Value x, string name, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Apply(name, new LayerNormalisation(epsilon), x, Parameter($"{name}.weight", x.Shape[-1]), Parameter($"{name}.bias", x.Shape[-1]));
    }

    /// <summary>Layer normalisation over the channels of every pixel with parameters <c>name.weight</c> and <c>name.bias</c>, each [C].</summary>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="name">The layer, relative to the scope.</param>
    /// <param name="epsilon">Added to the variance; SAM's default is 1e-6.</param>
    public Value LayerNorm2d(Value x, string name, double epsilon = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Apply(name, new ChannelNormalisation(epsilon), x, Parameter($"{name}.weight", x.Shape[1]), Parameter($"{name}.bias", x.Shape[1]));
    }

    /// <summary>Batch normalisation with parameters <c>weight</c>, <c>bias</c>, <c>running_mean</c>, <c>running_var</c> under the name, each [C].</summary>
    /// <param name="x">[B,C,...].</param>
    /// <param name="name">The layer, relative to the scope.</param>
    /// <param name="epsilon">Added to the variance; PyTorch's default is 1e-5.</param>
    public Value BatchNorm2d(Value x, string name, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        var channels = x.Shape[1];
        return Apply(
            name,
            new BatchNormalisation(epsilon),
            x,
            Parameter($"{name}.weight", channels),
            Parameter($"{name}.bias", channels),
            Parameter($"{name}.running_mean", channels),
            Parameter($"{name}.running_var", channels));
    }
}
