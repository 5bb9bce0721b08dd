using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>What the decoder needs of an image, whatever the prompt.</summary>
/// <param name="Fine">At stride 4, for the decoder's second half.</param>
/// <param name="Draft">The rest, for its first half.</param>
internal sealed record SeedlingImageSide(SeedlingImageLevel Fine, SeedlingImageSide.Coarser Draft)
{
    private const string FineName = "fine", MiddleName = "middle", CoarseName = "coarse", WallsName = "walls", KinshipName = "kinship";

    /// <summary>Describes it.</summary>
    /// <param name="g">In the scope <c>decoder</c>.</param>
    /// <param name="f4">[1 or P,c4,H/4,W/4].</param>
    /// <param name="f8">[1 or P,c8,H/8,W/8].</param>
    /// <param name="f16">[1 or P,c16,H/16,W/16].</param>
    /// <param name="config">The sizes.</param>
    public static SeedlingImageSide Describe(GraphBuilder g, Value f4, Value f8, Value f16, SeedlingConfig config)
    {
        var coarse = SeedlingImageLevel.Of(g, f16, config.Coarse);
        var walls = g.Slice(f16, 1, config.Coarse.Features + config.Coarse.Keys, config.Walls);
        var sharpness = g.Parameter("16.exchange.sharpness", 1, config.Coarse.Heads, 1, 1);
        var kinship = g.Softmax(g.MatMul(g.Transpose(g.Multiply(coarse.ByHead, sharpness), 0, 1, 3, 2), coarse.ByHead));
        return new SeedlingImageSide(SeedlingImageLevel.Of(g, f4, config.Fine), new Coarser(SeedlingImageLevel.Of(g, f8, config.Middle), coarse, walls, kinship));
    }

    /// <summary>Gives it out.</summary>
    public void Output(GraphBuilder g)
    {
        Fine.Output(g, FineName);
        Draft.Middle.Output(g, MiddleName);
        Draft.Coarse.Output(g, CoarseName);
        g.Output(WallsName, Draft.Walls);
        g.Output(KinshipName, Draft.Kinship);
    }

    /// <summary>What the decoder's first half takes of it.</summary>
    /// <param name="g">The decoder.</param>
    /// <param name="made">The graph that gives it out.</param>
    public static Coarser InputOfDraft(GraphBuilder g, Graph made)
    {
        Value Take(string name) => g.Input(name, [.. made.Outputs[name].Shape]);
        return new Coarser(SeedlingImageLevel.Input(g, made, MiddleName), SeedlingImageLevel.Input(g, made, CoarseName), Take(WallsName), Take(KinshipName));
    }

    /// <summary>What the decoder's second half takes of it.</summary>
    /// <param name="g">The decoder.</param>
    /// <param name="made">The graph that gives it out.</param>
    public static SeedlingImageLevel InputOfMasks(GraphBuilder g, Graph made) => SeedlingImageLevel.Input(g, made, FineName);

    /// <summary>Strides 8 and 16.</summary>
    /// <param name="Middle">At stride 8.</param>
    /// <param name="Coarse">At stride 16.</param>
    /// <param name="Walls">[1 or P,G,h,w] in [0,1], at stride 16.</param>
    /// <param name="Kinship">[1 or P,n,h*w,h*w], how far every cell of stride 16 is of the kind of every other; of sum 1.</param>
    internal sealed record Coarser(SeedlingImageLevel Middle, SeedlingImageLevel Coarse, Value Walls, Value Kinship);
}
