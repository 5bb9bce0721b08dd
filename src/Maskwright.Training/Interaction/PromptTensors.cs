using System.Runtime.InteropServices;
using Maskwright.Geometry;
using Maskwright.Networks.Seedling;

namespace Maskwright.Training.Interaction;

/// <summary>Prompts and targets as tensors.</summary>
internal static class PromptTensors
{
    /// <summary>The points of all users of one image.</summary>
    /// <returns>points [P,N,2] and labels [P,N].</returns>
    public static (TorchTensor Points, TorchTensor Labels) OfClicks(IReadOnlyList<SimulatedUser> users)
    {
        var count = users[0].Clicks.Count;
        var (points, labels) = (new float[users.Count * count * 2], new float[users.Count * count]);
        foreach (var (p, user) in users.Index())
        {
            for (var n = 0; n < count; n++)
            {
                var at = (p * count) + n;
                (points[at * 2], points[(at * 2) + 1], labels[at]) = (user.Clicks[n].X, user.Clicks[n].Y, (float)user.Clicks[n].Label);
            }
        }

        return (Of(points, users.Count, count, 2), Of(labels, users.Count, count));
    }

    /// <summary>A map of each of several things, one channel each.</summary>
    /// <returns>[count,1,w,w].</returns>
    public static TorchTensor OfMaps(IReadOnlyList<float[]> maps)
    {
        var side = (int)Math.Sqrt(maps[0].Length);
        var tensor = torch.empty([maps.Count, 1, side, side], torch.ScalarType.Float32);
        var numbers = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        foreach (var (i, map) in maps.Index())
        {
            map.CopyTo(numbers[(i * map.Length)..]);
        }

        return tensor;
    }

    /// <summary>What the hierarchy of an image's regions answers to its users.</summary>
    /// <returns>[P,R,w,w]; zeros when it is not asked.</returns>
    public static TorchTensor OfRegions(SeedlingRegions? regions, IReadOnlyList<SimulatedUser> users)
    {
        var width = users[0].Target.Width;
        return regions is null
            ? torch.zeros([users.Count, SeedlingConfig.RegionAnswers, width, width], torch.ScalarType.Float32)
            : Of(regions.Answer([.. users.Select(user => user.Prompt)], new ImageSize(width, width)), users.Count, SeedlingConfig.RegionAnswers, width, width);
    }

    /// <summary>Numbers in Torch's memory.</summary>
    public static TorchTensor Of(float[] numbers, params long[] shape)
    {
        var tensor = torch.empty(shape, torch.ScalarType.Float32);
        numbers.CopyTo(MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return tensor;
    }

    /// <summary>Numbers in managed memory.</summary>
    public static float[] ToArray(TorchTensor tensor)
    {
        using var plain = tensor.detach().cpu().to_type(torch.ScalarType.Float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray();
    }
}
