using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Settings of libvips for the whole process: no cache, few threads, nothing that was not tested against hostile files.</summary>
internal static class VipsRuntime
{
    private const int MaxThreads = 2; // Decoders run on one thread; a second one is enough for what follows.

    static VipsRuntime()
    {
        NetVips.NetVips.BlockUntrusted = true;
        NetVips.NetVips.Concurrency = Math.Min(MaxThreads, Environment.ProcessorCount);
        Cache.Max = 0;
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, static (_, _, _) => { }); // A library does not write to the terminal; faults arrive as exceptions.
    }

    /// <summary>Makes sure the settings hold; cheap after the first call.</summary>
    public static void EnsureReady()
    {
    }

    /// <summary>What libvips has to say, on one line.</summary>
    public static string Reason(VipsException fault)
    {
        var lines = fault.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("unable to ", StringComparison.Ordinal)).Distinct().ToArray();
        var text = string.Join("; ", lines).TrimEnd('.');
        return text.Length == 0 ? "its content does not follow the format" : text.Length > 240 ? text[..240] + "…" : text;
    }
}
