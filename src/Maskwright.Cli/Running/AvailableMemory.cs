using System.Globalization;

namespace Maskwright.Cli.Running;

/// <summary>How many bytes this process can still take: what the system has left, and what the container allows.</summary>
internal static class AvailableMemory
{
    /// <summary>Looks at the machine.</summary>
    /// <returns>Bytes; the smaller of the system's and the control group's.</returns>
    public static long Read() => Read("/");

    /// <summary>Looks at the files below a root; tests give their own.</summary>
    internal static long Read(string root)
    {
        var system = FromMemInfo(Path.Combine(root, "proc/meminfo"));
        return Math.Min(system ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, FromControlGroups(root) ?? long.MaxValue);
    }

    private static long? FromMemInfo(string file)
    {
        var line = Lines(file).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] ? Number(kilobytes) * 1024 : null;
    }

    // Every group from this process's own up to the root can be the one that limits. Version 2 first, then version 1 and what containers mount as the root.
    private static long? FromControlGroups(string root)
    {
        var left = new List<long>();
        foreach (var line in Lines(Path.Combine(root, "proc/self/cgroup")).Append("0::/").Append("0:memory:/"))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path] || (controllers.Length > 0 && !controllers.Split(',').Contains("memory")))
            {
                continue;
            }

            var mount = Path.Combine(root, controllers.Length == 0 ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
            var (limit, used) = controllers.Length == 0 ? ("memory.max", "memory.current") : ("memory.limit_in_bytes", "memory.usage_in_bytes");
            for (var group = path.Trim('/'); ; group = Path.GetDirectoryName(group) ?? string.Empty)
            {
                if (Left(Path.Combine(mount, group), limit, used) is { } bytes)
                {
                    left.Add(bytes);
                }

                if (group.Length == 0)
                {
                    break;
                }
            }
        }

        return left.Count > 0 ? left.Min() : null;
    }

    private static long? Left(string group, string limitFile, string usedFile)
    {
        var limit = Number(Lines(Path.Combine(group, limitFile)).FirstOrDefault());
        var used = Number(Lines(Path.Combine(group, usedFile)).FirstOrDefault());
        if (limit is null || used is null)
        {
            return null; // no such group, or "max"
        }

        // Pages of files that nobody uses count as used, but go at need.
        var reclaimable = Lines(Path.Combine(group, "memory.stat"))
            .FirstOrDefault(line => line.StartsWith("inactive_file ", StringComparison.Ordinal) || line.StartsWith("total_inactive_file ", StringComparison.Ordinal));
        return Math.Max(0, limit.Value - used.Value + (Number(reclaimable?.Split(' ')[^1]) ?? 0));
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // a group we may not look into does not tell us anything
        }
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
