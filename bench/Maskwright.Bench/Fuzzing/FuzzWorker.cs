using System.Globalization;

namespace Maskwright.Bench.Fuzzing;

/// <summary>Feeds damaged input to readers, one after the other, in a process that may die of it. Says what it is about to do before it does it.</summary>
internal static class FuzzWorker
{
    // What the largest image within the readers' own limit of pixels needs as a map of labels.
    private const long MostBytes = 1L << 30;
    private const long MostBytesPerByte = 300;

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="arguments">Work folder, seed, first number, reader or empty, corpus or empty, folder for findings.</param>
    public static int Run(string[] arguments)
    {
        var (work, seed, first) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), long.Parse(arguments[2], CultureInfo.InvariantCulture));
        var targets = FuzzTargets.All(arguments[4].Length > 0 ? arguments[4] : null, arguments[3].Length > 0 ? arguments[3] : null);
        if (targets.Count == 0)
        {
            Console.Error.WriteLine("There is no such reader, or nothing to begin from.");
            return 1;
        }

        EndWithParent();
        for (var number = first; ; number++)
        {
            var target = targets[(int)(number % targets.Count)];
            var (path, size) = Prepare(target, work, new Random(unchecked((seed * 1_000_003) + (int)number)));
            Say($">\t{number}\t{target.Name}");
            var answer = Try(target, path, Path.Combine(work, FuzzSeed.ImageFolder), size);
            if (answer.StartsWith("fault", StringComparison.Ordinal))
            {
                Keep(work, Path.Combine(arguments[5], $"{target.Name}-{number}"));
            }

            Say($"<\t{number}\t{target.Name}\t{answer}");
        }
    }

    // Nobody writes to the standard input: it ends when the process that started this one is gone.
    private static void EndWithParent() => new Thread(() =>
    {
        Console.In.ReadToEnd();
        Environment.Exit(0);
    })
    { IsBackground = true }.Start();

    /// <summary>Copies the input to a folder of findings.</summary>
    public static void Keep(string work, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(work, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!); // a file has a folder
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static (string Path, long Size) Prepare(FuzzTarget target, string work, Random random)
    {
        foreach (var entry in new DirectoryInfo(work).EnumerateFileSystemInfos())
        {
            (entry is DirectoryInfo folder ? () => folder.Delete(recursive: true) : (Action)entry.Delete)();
        }

        var seed = target.Seeds[random.Next(target.Seeds.Count)];
        var damaged = seed.Targets[random.Next(seed.Targets.Count)];
        var mutation = new Mutation(random, [.. target.Seeds.Select(other => other.Files[other.Targets[^1]])]);
        long size = 0;
        foreach (var (name, content) in seed.Files)
        {
            var bytes = name == damaged ? mutation.Damage(content) : content;
            var path = Path.Combine(work, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a file has a folder
            File.WriteAllBytes(path, bytes);
            size += bytes.Length;
        }

        return (Path.Combine(work, seed.Open), size);
    }

    private static string Try(FuzzTarget target, string path, string images, long size)
    {
        var before = GC.GetTotalAllocatedBytes();
        var answer = "accepted";
        try
        {
            target.Read(path, images);
        }
        catch (Exception fault) when (FuzzTarget.IsDocumented(fault))
        {
            answer = "refused";
        }
        catch (Exception fault)
        {
            return $"fault\t{fault.ToString().ReplaceLineEnds()}";
        }

        var bytes = GC.GetTotalAllocatedBytes() - before;
        return bytes > MostBytes + (MostBytesPerByte * size) ? $"fault\tallocated {bytes >> 20} MB for {size} bytes" : answer;
    }

    private static string ReplaceLineEnds(this string text) => text.ReplaceLineEndings(" | ") is var line && line.Length > 3000 ? line[..3000] : line;

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
