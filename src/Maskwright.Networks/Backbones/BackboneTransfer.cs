using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Backbones;

/// <summary>Lets a network begin from the residual network that another one has learned: a classifier, a Seedling, or any network on such a backbone.</summary>
public static class BackboneTransfer
{
    private const string FirstTensor = "conv1.weight";
    private const string FirstBlock = "layer1.0.conv1.weight";
    private const int SideMultiple = 32;

    // Of a Seedling, of a detector, of a network for classes, of a classifier.
    private static readonly string[] s_scopes = ["encoder.body.", "backbone.body.", "backbone.", string.Empty];

    /// <summary>Whether weights hold a residual network by torchvision's names.</summary>
    /// <param name="weights">Any weights.</param>
    public static bool IsIn(WeightFile weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return ScopeIn(weights) is not null;
    }

    /// <summary>
    /// Takes the residual network of some weights over. What the donor has no tensor for stays as it is, and blocks that are narrower inside than the donor's keep
    /// those channels that the next convolution listens to most.
    /// </summary>
    /// <param name="fresh">A tensor for every parameter of the network.</param>
    /// <param name="donor">Weights that hold a residual network.</param>
    /// <param name="scope">What the names of the network's backbone begin with, such as <c>backbone.</c>.</param>
    /// <returns>A tensor for every parameter of <paramref name="fresh"/>; the caller disposes it.</returns>
    /// <remarks>A channel's worth: the scale of its normalisation times the length of the filters that read it (Li et al. 2017 rank filters by length).</remarks>
    /// <exception cref="WeightMismatchException">A tensor of the donor has a shape that cannot be narrowed to what is wanted.</exception>
    /// <exception cref="ArgumentException">The network's backbone, or the donor, is no residual network.</exception>
    public static WeightFile TakeOver(WeightFile fresh, WeightFile donor, string scope)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(donor);
        ArgumentNullException.ThrowIfNull(scope);
        var from = ScopeIn(donor) ?? throw new ArgumentException("holds no residual network by torchvision's names", nameof(donor));
        if (!fresh.ContainsKey(scope + FirstTensor))
        {
            throw new ArgumentException("The network's backbone is no residual network.", nameof(fresh));
        }

        var narrowing = new ChannelNarrowing(donor, from);
        var (taken, wrong) = (new Dictionary<string, float[]>(), new List<ShapeMismatch>());
        foreach (var own in fresh.Values.Where(tensor => tensor.Name.StartsWith(scope, StringComparison.Ordinal) && donor.ContainsKey(from + tensor.Name[scope.Length..])))
        {
            var given = donor[from + own.Name[scope.Length..]];
            if (narrowing.Narrowed(given, own.Shape) is { } values)
            {
                taken.Add(own.Name, values);
            }
            else
            {
                wrong.Add(new ShapeMismatch(own.Name, given.Name, own.Shape, given.Shape));
            }
        }

        return wrong.Count > 0
            ? throw new WeightMismatchException(donor.Path, "residual network", [], [], [.. wrong])
            : WeightFile.FromArrays(fresh.Values.Select(tensor => (tensor.Name, tensor.Shape, taken.GetValueOrDefault(tensor.Name) ?? tensor.ToFloat32())).ToList(), fresh.Path);
    }

    /// <summary>The residual network that some weights hold, without a classifier: <c>image</c> [B,3,H,W], normalised, sides multiples of 32, to <c>coarsest</c>, the map of its last stage.</summary>
    /// <param name="weights">Weights that hold one; the graph's parameters bear their names.</param>
    /// <returns>Every stage but the first halves the map before it: four stages, as classifiers have them, end at stride 32.</returns>
    /// <exception cref="ArgumentException">They hold none by torchvision's names.</exception>
    public static Graph Describe(WeightFile weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var scope = ScopeIn(weights) ?? throw new ArgumentException($"{weights.Path} holds no residual network by torchvision's names.", nameof(weights));
        var g = new GraphBuilder("residual-network");
        var image = g.Input("image", Dim.Symbolic("B"), 3, Dim.Symbolic("h").Times(SideMultiple), Dim.Symbolic("w").Times(SideMultiple));
        var network = scope.Length == 0 ? g : g.Scope(scope[..^1]);
        g.Output("coarsest", ResNet.Describe(network, image, SizesOf(weights, scope)).Last);
        return g.Build();
    }

    private static ResNetConfig SizesOf(WeightFile weights, string scope)
    {
        string First(int stage, string tensor) => $"{scope}layer{stage}.0.{tensor}.weight";
        int BlocksOf(int stage) => Enumerable.Range(0, int.MaxValue).TakeWhile(block => weights.ContainsKey($"{scope}layer{stage}.{block}.conv1.weight")).Count();
        int[] blocks = [.. Enumerable.Range(1, int.MaxValue - 1).Select(BlocksOf).TakeWhile(count => count > 0)];
        return new ResNetConfig
        {
            Blocks = blocks,
            IsBottleneck = weights.ContainsKey(First(1, "conv3")),
            Width = (int)weights[scope + FirstTensor].Shape[0],
            InnerWidths = [.. Enumerable.Range(1, blocks.Length).Select(stage => (int)weights[First(stage, "conv1")].Shape[0])],
        };
    }

    private static string? ScopeIn(WeightFile weights) =>
        s_scopes.FirstOrDefault(scope => weights.ContainsKey(scope + FirstTensor) && weights.ContainsKey(scope + FirstBlock));
}
