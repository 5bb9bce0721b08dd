namespace Maskwright.Networks.Seedling;

/// <summary>What the decoder believes before it has learned: near a click, of its kind and without a wall between means of the object.</summary>
/// <remarks>Only where training begins; every number is learned from there. Without it the first thousand steps go into finding this out.</remarks>
internal static class SeedlingPrior
{
    public const string WeightName = "decoder.16.prior.weight";
    public const string BiasName = "decoder.16.prior.bias";

    private static readonly float[] s_clicks = [1, -1];
    private static readonly float[] s_widerClicks = [0.5f, -0.5f];

    // In and around the box, in and around the earlier mask.
    private static readonly float[] s_regions = [0.5f, -0.5f, 0.5f, -0.5f];

    // A clear prompt; then a part, the object, what the object belongs to.
    private static readonly float[] s_biases = [-5, -7, -5, -3];

    // Of the readings, small to large: a clear prompt asks all of them, a part the smallest, and so on.
    private static readonly float[][] s_readings = [[0.5f, 1, 0.5f], [2, 0.5f, 0], [0.5f, 2, 0.5f], [0, 0.5f, 2]];

    private const float Reached = 4;
    private const float LikeObject = 3;
    private const float LikeBackground = -1;
    private const float Box = 6;
    private const float BoxCentre = 1.5f;
    private const float EarlierMask = 3;

    /// <summary>[M,C,1,1], in the order in which the coarse level is told of prompts.</summary>
    public static float[] Weights(SeedlingConfig config)
    {
        var heads = config.Coarse.Heads;
        float[] one =
        [
            .. s_clicks,
            .. s_widerClicks,
            0,
            0,
            .. Shared(Reached, config.Walls),
            .. Shared(-Reached, config.Walls),
            .. Shared(LikeObject, heads),
            .. Shared(LikeBackground, heads),
            Box,
            BoxCentre,
            EarlierMask,
            .. Enumerable.Repeat(s_regions, heads).SelectMany(weights => weights),
        ];
        return [.. s_readings.SelectMany(readings => one.Concat(readings))];
    }

    /// <summary>[M].</summary>
    public static float[] Biases() => [.. s_biases];

    private static IEnumerable<float> Shared(float weight, int channels) => Enumerable.Repeat(weight / channels, channels);
}
