using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Tests.Torch;

/// <summary>Every operation of the house, each in the forms that differ in how it is computed.</summary>
public static class OperationCases
{
    private static readonly Dim P = Dim.Symbolic("P"), N = Dim.Symbolic("N"), H = Dim.Symbolic("H"), W = Dim.Symbolic("W");

    public static IReadOnlyList<OperationCase> All { get; } = [.. Layers(), .. Functions(), .. Layout(), .. Maps(), .. Windows(), .. Attention()];

    private static IEnumerable<OperationCase> Layers() =>
    [
        new("convolution", g => g.Conv2d(g.Input("x", 2, 3, 9, 11), "layer", 4, kernel: 3, padding: 1)),
        new("convolution of a named batch", g => g.Conv2d(g.Input("x", P, 3, 9, 11), "layer", 4, kernel: 3, stride: 2, bias: false)),
        new("dilated convolution", g => g.Conv2d(g.Input("x", 1, 3, 9, 11), "layer", 4, kernel: 3, padding: 2, dilation: 2)),
        new("depthwise convolution", g => g.Conv2d(g.Input("x", 2, 6, 9, 11), "layer", 6, kernel: 3, padding: 1, groups: 6)),
        new("transposed convolution", g => g.ConvTranspose2d(g.Input("x", 2, 3, 5, 4), "layer", 4, kernel: 2, stride: 2)),
        new("transposed convolution with padding", g => g.ConvTranspose2d(g.Input("x", 2, 3, 5, 4), "layer", 4, kernel: 4, stride: 2, padding: 1)),
        new("transposed convolution in groups", g => g.ConvTranspose2d(g.Input("x", 2, 4, 5, 4), "layer", 6, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2, bias: false)),
        new("linear", g => g.Linear(g.Input("x", P, N, 6), "layer", 4)),
        new("linear without bias", g => g.Linear(g.Input("x", 7, 6), "layer", 4, bias: false)),
        new("layer normalisation", g => g.LayerNorm(g.Input("x", P, N, 6), "norm")),
        new("channel normalisation", g => g.LayerNorm2d(g.Input("x", 2, 6, 4, 5), "norm")),
        new("batch normalisation", g => g.BatchNorm2d(g.Input("x", 2, 6, 4, 5), "norm")),
    ];

    private static IEnumerable<OperationCase> Functions() =>
    [
        .. Enum.GetValues<UnaryFunction>().Select(function => new OperationCase($"function {function}", g => g.Apply("f", new Unary(function), g.Input("x", P, 6)))
        {
            Domain = function is UnaryFunction.Sqrt or UnaryFunction.Log ? x => Math.Abs(x) + 0.1f : x => 7 * x,
        }),
        .. Enum.GetValues<BinaryFunction>().Select(function => new OperationCase($"function {function}", g => g.Apply("f", new Binary(function), g.Input("a", P, 1, 6), g.Input("b", N, 1)))
        {
            Domain = x => x + 2,
        }),
        new("addition of a number", g => g.Add(g.Input("x", P, 6), 0.5)),
        new("product with a number", g => g.Multiply(g.Input("x", P, 6), -2)),
        new("comparison with a number", g => g.IsEqualTo(g.Input("x", P, 6), 0.1)) { Domain = x => x > 0 ? 0.1f : 1 },
        new("cast", g => g.Cast(g.Cast(g.Input("x", P, 6), ElementType.Int64), ElementType.Float32)) { Domain = x => 5 * x },
        new("softmax", g => g.Softmax(g.Input("x", P, 6, N))),
        new("softmax over an inner axis", g => g.Softmax(g.Input("x", P, 6, N), axis: 1)),
        .. Enum.GetValues<ReduceFunction>().Select(function => new OperationCase($"reduction {function}", g => g.Apply("r", new Reduce(function, [1, -1]), g.Input("x", P, 4, N, 6)))),
        new("reduction that drops its axes", g => g.Mean(g.Input("x", P, 4, N), [0, 2], keepAxes: false)),
        new("dropout, which lets everything pass when a network is used", g => g.Dropout(g.Input("x", P, 6), 0.5)),
        new("positions along an axis", g => g.Multiply(g.Positions(g.Input("x", P, N), -1), g.Input("z", N))),
        new("matrix product", g => g.MatMul(g.Input("a", P, 2, 4, 6), g.Input("b", 6, N))),
    ];

    private static IEnumerable<OperationCase> Layout() =>
    [
        new("reshape", g => g.Reshape(g.Input("x", P, 4, 6), P, 24)),
        new("reshape to an axis of its own", g => g.Reshape(g.Input("x", P, 4, 6), P.Times(4), 6)),
        new("transpose", g => g.Transpose(g.Input("x", P, 4, 6), 2, 0, 1)),
        new("concatenation", g => g.Concat(1, g.Input("a", P, 4, 6), g.Input("b", P, N, 6))),
        new("slice", g => g.Slice(g.Input("x", P, 4, 6), -1, 2, 3)),
        new("gather", g => g.Gather(g.Input("x", P, 4, 6), 1, [3, 0, 0, 2])),
        new("repetition", g => g.RepeatLike(g.Input("x", 1, 6), g.Input("like", P, 4, 1))),
        new("repetition of what fits already", g => g.RepeatLike(g.Input("x", P, 6), g.Input("like", P, 6))),
    ];

    private static IEnumerable<OperationCase> Maps() =>
    [
        new("maximum pooling", g => g.MaxPool2d(g.Input("x", 2, 3, 9, 11), kernel: 3, stride: 2, padding: 1)),
        new("maximum pooling that overhangs", g => g.MaxPool2d(g.Input("x", 2, 3, H, W), kernel: 2, stride: 2, ceilMode: true)),
        new("dilated maximum pooling", g => g.MaxPool2d(g.Input("x", 2, 3, 9, 11), kernel: 3, stride: 1, dilation: 2)),
        new("maximum pooling and back", g =>
        {
            var x = g.Input("x", 2, 3, 9, 11);
            var (maxima, places) = g.MaxPool2dWithIndices(x, kernel: 2, stride: 2);
            return g.MaxUnpool2d(g.Multiply(maxima, 2), places, x);
        }),
        new("average pooling", g => g.AveragePool2d(g.Input("x", 2, 3, 9, 11), kernel: 3, stride: 2, padding: 1)),
        new("average pooling of the map's own pixels", g => g.AveragePool2d(g.Input("x", 2, 3, 9, 11), kernel: 3, stride: 2, padding: 1, countPadding: false)),
        new("pooling to a grid", g => g.AdaptiveAveragePool2d(g.Input("x", 2, 3, 9, 11), 4, 3)),
        new("global pooling", g => g.GlobalAveragePool2d(g.Input("x", 2, 3, H, W))),
        new("bilinear resizing", g => g.Resize(g.Input("x", 2, 3, 9, 11), 14, 23)),
        new("bilinear resizing to a smaller size", g => g.Resize(g.Input("x", 2, 3, 9, 11), 4, 5)),
        new("bilinear resizing with aligned corners", g => g.Enlarge(g.Input("x", 2, 3, H, W), 2, alignCorners: true)),
        new("nearest resizing", g => g.Resize(g.Input("x", 2, 3, 9, 11), 14, 5, Interpolation.Nearest)),
        new("border of zeros", g => g.PadLike(g.Input("x", 2, 3, 5, 4), g.Input("like", 1, 1, H, W))),
        new("mirrored border", g => g.Pad(g.Input("x", 2, 3, 5, 4), 1, 2, 3, 0, PadMode.Reflect)),
        new("repeated border", g => g.Pad(g.Input("x", 2, 3, 5, 4), 1, 2, 3, 0, PadMode.Replicate)),
        new("crop", g => g.CropLike(g.Input("x", 2, 3, H, W), g.Input("like", 1, 1, 4, 5))),
        Regions(samples: 2, isAligned: false),
        Regions(samples: 2, isAligned: true),
        Regions(samples: 0, isAligned: false),
        Regions(samples: 0, isAligned: true),
    ];

    private static OperationCase Regions(int samples, bool isAligned) => new($"regions, {samples} samples, aligned {isAligned}", g =>
        g.RoiAlign(g.Input("x", 2, 3, 9, 11), Boxes(g), Owners(g), new RoiAlign(3, 4, 0.5, samples, isAligned)));

    private static Constant Boxes(GraphBuilder g) => g.Constant("boxes", [0, 0, 21, 17, 3.5f, 4.25f, 9, 13, 5, 5, 5.5f, 5.5f, -4, -3, 30, 25], 4, 4);

    private static Value Owners(GraphBuilder g) => g.Cast(g.Constant("owners", [0, 1, 0, 1], 4), ElementType.Int64);

    private static IEnumerable<OperationCase> Windows() =>
    [
        new("windows", g => g.Apply("cut", new WindowPartition(4), g.Input("x", 2, 8, 12, 3))),
        new("windows that overhang", g => g.Apply("cut", new WindowPartition(5), g.Input("x", P, 8, 12, 3))),
        new("windows put back", g => g.Apply("join", new WindowUnpartition(2, 8, 12), g.Input("x", 2 * 2 * 3, 5, 5, 3))),
    ];

    private static IEnumerable<OperationCase> Attention() =>
    [
        new("attention", g => g.Attention(g.Input("q", P, N, 12), g.Input("k", P, 7, 12), g.Input("v", P, 7, 12), heads: 3)),
        new("attention to keys that serve all", g => g.Attention(g.Input("q", P, 4, 12), g.Input("k", 1, 7, 12), g.Input("v", 1, 7, 12), heads: 2)),
        new("attention with relative position", g => g.Apply(
            "attend", new RelativePositionSelfAttention(2, 0.3), g.Input("x", 2, 5, 4, 3 * 2 * 6), g.Parameter("rel_pos_h", 9, 6), g.Parameter("rel_pos_w", 7, 6))),
        new("attention with learned biases", g => g.Apply(
            "attend", new BiasedSelfAttention(2, 6), g.Input("x", P, 9, 3 * 2 * 6), g.Parameter("bias", 2, 9, 9))),
    ];
}
