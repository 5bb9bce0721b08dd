using System.Text;
using Maskwright.Graphs.Weights.Pickle;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights;

/// <summary>Tells from the first bytes what a file of weights is, and what else people hand in by mistake.</summary>
internal static class WeightSignature
{
    private const int TarMagicOffset = 257;

    public static WeightFormat Recognise(string path, MemoryRegion file)
    {
        var head = file.Head(TarMagicOffset + 5);
        if (head.StartsWith("PK"u8))
        {
            return WeightFormat.TorchZip;
        }

        if (head.Length > 8 && head[8] == (byte)'{')
        {
            return WeightFormat.Safetensors;
        }

        return LooksLikePickle(head) ? WeightFormat.TorchLegacy : throw new InvalidWeightsException(path, Describe(head));
    }

    // A binary pickle names its protocol first; the text protocols 0 and 1 open with a container or a global.
    private static bool LooksLikePickle(ReadOnlySpan<byte> head)
        => head.Length >= 2 && ((head[0] == (byte)PickleOpcode.Protocol && head[1] <= 5) || "c(]}"u8.Contains(head[0]));

    private static string Describe(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith("version https://git-lfs"u8) => "this is a Git LFS pointer, not the weights themselves; fetch the file it points to",
        _ when head.StartsWith("<!"u8) || head.StartsWith("<html"u8) => "this is a web page, not weights",
        _ when head.Length > 4 && head[1..].StartsWith("HDF"u8) => "this is an HDF5 file; give a safetensors file or a PyTorch checkpoint",
        _ when head.Length > TarMagicOffset + 4 && head[TarMagicOffset..].StartsWith("ustar"u8) => "this is a tar archive (PyTorch before 0.1.10 wrote such), which is not read",
        _ => $"neither safetensors nor a PyTorch checkpoint (it starts with {Printable(head)})",
    };

    private static string Printable(ReadOnlySpan<byte> head)
    {
        var start = head[..Math.Min(16, head.Length)];
        return start.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? $"bytes {Convert.ToHexString(start)}" : $"\"{Encoding.ASCII.GetString(start)}\"";
    }
}
