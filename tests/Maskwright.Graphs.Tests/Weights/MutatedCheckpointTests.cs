using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

/// <summary>Checkpoints with random damage: each loads, or is refused by an error of ours, without much memory.</summary>
[Trait("Kind", "hostile")]
public sealed class MutatedCheckpointTests
{
    private const int Mutations = 3000;
    private const long MostBytes = 64 << 20;

    [Theory]
    [InlineData("mixed_zip.pth", 1)]
    [InlineData("mixed_legacy.pth", 2)]
    [InlineData("wrapped_model.pth", 3)]
    [InlineData("wrapped_state_dict_module_prefix.pth", 4)]
    [InlineData("parameter_object.pth", 5)]
    [InlineData("mixed.safetensors", 6)]
    public void Loads_or_refuses_every_damaged_checkpoint(string name, int seed)
    {
        var original = File.ReadAllBytes(Goldens.Open("checkpoint_formats", name));
        var random = new Random(seed);
        var refused = 0;

        for (var i = 0; i < Mutations; i++)
        {
            var damaged = Damaged(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            refused += IsRefused(damaged) ? 1 : 0;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    private static bool IsRefused(byte[] content)
    {
        try
        {
            using var file = WeightFile.FromBytes(content, "damaged");
            Assert.All(file.Values, tensor => Assert.Equal(tensor.ElementCount, tensor.ToFloat32().Length));
            return false;
        }
        catch (InvalidWeightsException refusal)
        {
            Assert.Equal("damaged", refusal.Path);
            return true;
        }
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(4) switch
            {
                0 => 0xff,
                1 => 0,
                _ => (byte)random.Next(256),
            };
        }

        return random.Next(8) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes, .. bytes[random.Next(bytes.Length)..]],
            _ => bytes,
        };
    }
}
