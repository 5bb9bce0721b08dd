using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;

namespace Maskwright.Networks.Backbones;

/// <summary>Seedling's encoder without its top-down path: the one backbone whose trained weights are inside this library.</summary>
/// <remarks>4.8 million parameters when whole, of which the coarsest stage has half.</remarks>
public sealed record SeedlingBackboneConfig : BackboneConfig
{
    private const string EncoderScope = "encoder.";
    private const string FirstTensor = "stem.0.conv.weight";

    private static readonly string[] s_scopes = [EncoderScope, "backbone.", "backbone.body."];

    /// <summary>With one block in the coarsest stage and without attention: 3.3 million parameters.</summary>
    public static SeedlingBackboneConfig Short { get; } = new() { CoarsestBlocks = 1 };

    /// <summary>Without the coarsest stage: stride 16, 2.3 million parameters.</summary>
    public static SeedlingBackboneConfig Fine { get; } = new() { CoarsestBlocks = 0, OutputStride = 16 };

    /// <summary>Blocks of the stage of stride 32: 2, which its attention follows; 1; or 0, which leaves the stage out.</summary>
    public int CoarsestBlocks { get; init; } = 2;

    /// <summary>Whether weights hold this backbone: those of a Seedling, or of a network for known classes that stands on it.</summary>
    /// <param name="weights">Any weights.</param>
    public static bool IsIn(WeightFile weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return ScopeIn(weights) is not null;
    }

    /// <summary>Takes the encoder of a Seedling, or the backbone of a network that stands on it, over into another network that has it for a backbone.</summary>
    /// <param name="fresh">A tensor for every parameter of the network.</param>
    /// <param name="donor">Weights of a Seedling, which must have all of it, or of another network; what a shorter backbone lacks stays as it is.</param>
    /// <param name="scope">What the names of the backbone's parameters begin with, such as <c>backbone.</c>.</param>
    /// <returns>A tensor for every parameter of <paramref name="fresh"/>; the caller disposes it.</returns>
    /// <exception cref="WeightMismatchException">The Seedling lacks a tensor of the backbone, or the donor has one of another shape.</exception>
    /// <exception cref="ArgumentException">The network has no backbone of this kind.</exception>
    public static WeightFile TakeOver(WeightFile fresh, WeightFile donor, string scope)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(donor);
        ArgumentNullException.ThrowIfNull(scope);
        var from = ScopeIn(donor) ?? EncoderScope;
        string InDonor(string name) => from + name[scope.Length..];
        WeightTensor[] own = [.. fresh.Values.Where(tensor => tensor.Name.StartsWith(scope, StringComparison.Ordinal) && IsOfTrunk(tensor.Name[scope.Length..]))];
        if (!own.Any(tensor => tensor.Name == scope + FirstTensor))
        {
            throw new ArgumentException("The network's backbone is not Seedling's encoder.", nameof(fresh));
        }

        string[] missing = [.. own.Select(tensor => InDonor(tensor.Name)).Where(name => from == EncoderScope && !donor.ContainsKey(name))];
        ShapeMismatch[] wrong = [.. own.Where(tensor => donor.TryGetValue(InDonor(tensor.Name), out var given) && !given.Shape.SequenceEqual(tensor.Shape))
            .Select(tensor => new ShapeMismatch(tensor.Name, InDonor(tensor.Name), tensor.Shape, donor[InDonor(tensor.Name)].Shape))];
        if (missing.Length + wrong.Length > 0)
        {
            throw new WeightMismatchException(donor.Path, "Seedling", missing, [], wrong);
        }

        var taken = own.Where(tensor => donor.ContainsKey(InDonor(tensor.Name))).Select(tensor => tensor.Name).ToHashSet();
        return WeightFile.FromArrays(
            fresh.Values.Select(tensor => (tensor.Name, tensor.Shape, (taken.Contains(tensor.Name) ? donor[InDonor(tensor.Name)] : tensor).ToFloat32())).ToList(), fresh.Path);
    }

    internal override BackboneFeatures Describe(GraphBuilder g, Value image)
    {
        if (CoarsestBlocks is < 0 or > 2 || OutputStride != (CoarsestBlocks == 0 ? 16 : 32))
        {
            throw new ArgumentException($"Seedling's encoder has 0 to 2 blocks of stride 32, and an output stride of 16 without them: not {CoarsestBlocks} and {OutputStride}.");
        }

        var maps = SeedlingEncoder.Trunk(g, image, SeedlingConfig.Default, CoarsestBlocks);
        return new BackboneFeatures(maps, maps[^2]);
    }

    private static string? ScopeIn(WeightFile weights) => s_scopes.FirstOrDefault(scope => weights.ContainsKey(scope + FirstTensor));

    private static bool IsOfTrunk(string name) => name.StartsWith("stem.", StringComparison.Ordinal) || name.StartsWith("stages.", StringComparison.Ordinal) || name.StartsWith("context.", StringComparison.Ordinal);
}
