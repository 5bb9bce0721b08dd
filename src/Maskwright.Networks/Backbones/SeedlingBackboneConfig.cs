using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;

namespace Maskwright.Networks.Backbones;

/// <summary>Seedling's encoder without its top-down path: the one backbone whose trained weights are inside this library.</summary>
/// <remarks>4.8 million parameters when whole, of which the coarsest stage has half.</remarks>
public sealed record SeedlingBackboneConfig : BackboneConfig
{
    private const string EncoderScope = "encoder.";

    /// <summary>With one block in the coarsest stage and without attention: 3.3 million parameters.</summary>
    public static SeedlingBackboneConfig Short { get; } = new() { CoarsestBlocks = 1 };

    /// <summary>Without the coarsest stage: stride 16, 2.3 million parameters.</summary>
    public static SeedlingBackboneConfig Fine { get; } = new() { CoarsestBlocks = 0, OutputStride = 16 };

    /// <summary>Blocks of the stage of stride 32: 2, which its attention follows; 1; or 0, which leaves the stage out.</summary>
    public int CoarsestBlocks { get; init; } = 2;

    /// <summary>Takes the encoder of a Seedling over into a network that has it for a backbone.</summary>
    /// <param name="fresh">A tensor for every parameter of the network.</param>
    /// <param name="seedling">Weights of a Seedling.</param>
    /// <param name="scope">What the names of the backbone's parameters begin with, such as <c>backbone.</c>.</param>
    /// <returns>A tensor for every parameter of <paramref name="fresh"/>; the caller disposes it.</returns>
    /// <exception cref="WeightMismatchException">The Seedling lacks a tensor of the backbone, or has one of another shape.</exception>
    /// <exception cref="ArgumentException">The network has no backbone of this kind.</exception>
    public static WeightFile TakeOver(WeightFile fresh, WeightFile seedling, string scope)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(seedling);
        ArgumentNullException.ThrowIfNull(scope);
        string InSeedling(string name) => EncoderScope + name[scope.Length..];
        WeightTensor[] taken = [.. fresh.Values.Where(own => own.Name.StartsWith(scope, StringComparison.Ordinal) && IsOfTrunk(own.Name[scope.Length..]))];
        if (!taken.Any(own => own.Name == $"{scope}stem.0.conv.weight"))
        {
            throw new ArgumentException("The network's backbone is not Seedling's encoder.", nameof(fresh));
        }

        var missing = taken.Where(own => !seedling.ContainsKey(InSeedling(own.Name))).Select(own => InSeedling(own.Name)).ToArray();
        var wrong = taken.Where(own => seedling.TryGetValue(InSeedling(own.Name), out var tensor) && !tensor.Shape.SequenceEqual(own.Shape))
            .Select(own => new ShapeMismatch(own.Name, InSeedling(own.Name), own.Shape, seedling[InSeedling(own.Name)].Shape)).ToArray();
        if (missing.Length + wrong.Length > 0)
        {
            throw new WeightMismatchException(seedling.Path, "Seedling", missing, [], wrong);
        }

        var isTaken = taken.Select(own => own.Name).ToHashSet();
        return WeightFile.FromArrays(
            fresh.Values.Select(own => (own.Name, own.Shape, (isTaken.Contains(own.Name) ? seedling[InSeedling(own.Name)] : own).ToFloat32())).ToList(), fresh.Path);
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

    private static bool IsOfTrunk(string name) => name.StartsWith("stem.", StringComparison.Ordinal) || name.StartsWith("stages.", StringComparison.Ordinal) || name.StartsWith("context.", StringComparison.Ordinal);
}
