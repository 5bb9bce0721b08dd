using System.Diagnostics;
using System.Globalization;
using System.Text;
using Maskwright.Formats.Datasets;

namespace Maskwright.Bench;

/// <summary>Converts a COCO file of any size whose annotations stand in no order and whose images come last, and tells the peak memory of a process that does nothing else.</summary>
internal static class LargeCocoBenchmark
{
    private const int AnnotationsPerImage = 7;

    public static int Run(string[] args)
    {
        if (args is ["child", var source, var format, var target])
        {
            return Convert(source, format, target);
        }

        var folder = args.FirstOrDefault() ?? Path.GetTempPath();
        var megabytes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
        var path = Path.Combine(folder, $"large-{megabytes}.json");
        if (!File.Exists(path))
        {
            Generate(path, (long)megabytes << 20);
        }

        foreach (var to in args.Length > 2 ? args[2..] : ["coco"])
        {
            MeasureInChild(path, to, Path.Combine(folder, $"large-{megabytes}-as-{to}{DatasetFormats.Writer(to)?.Suffix}"));
        }

        return 0;
    }

    private static void MeasureInChild(string source, string format, string target)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { RedirectStandardOutput = true };
        foreach (var word in (string[])[.. Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : Array.Empty<string>(), "large-coco", "child", source, format, target])
        {
            start.ArgumentList.Add(word);
        }

        using var child = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        Console.Write(child.StandardOutput.ReadToEnd());
        child.WaitForExit();
    }

    private static int Convert(string source, string format, string target)
    {
        var clock = Stopwatch.StartNew();
        var reader = DatasetFormats.Detect(source) ?? throw new InvalidOperationException($"{source} is not recognised.");
        var detected = clock.Elapsed.TotalSeconds;
        var dataset = reader.Open(source);
        var opened = clock.Elapsed.TotalSeconds;
        var report = (DatasetFormats.Writer(format) ?? throw new ArgumentException(format)).Write(dataset, target);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reader.FormatName} to {format}: {new FileInfo(source).Length >> 20} MB, {report.Images} images, {report.Objects} objects, detected in {detected:0.0} s, indexed in {opened - detected:0.0} s, written in {clock.Elapsed.TotalSeconds - opened:0.0} s, processor {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0} s, peak {PeakMegabytes()} MB; {report.Summary}"));
        return 0;
    }

    private static string PeakMegabytes()
    {
        const string Field = "VmHWM:";
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        var bytes = line is null ? Process.GetCurrentProcess().PeakWorkingSet64 : long.Parse(line[Field.Length..^2].Trim(), CultureInfo.InvariantCulture) << 10;
        return (bytes >> 20).ToString(CultureInfo.InvariantCulture);
    }

    private static void Generate(string path, long bytes)
    {
        var random = new Random(1);
        var images = Math.Max(1, (int)(bytes / (AnnotationsPerImage * 560L)));
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        stream.Write("{\"info\": {\"description\": \"made to measure\"}, \"annotations\": ["u8);
        for (var id = 1; stream.Position < bytes - (images * 300L); id++)
        {
            stream.Write(id > 1 ? ",\n"u8 : "\n"u8);
            stream.Write(Encoding.ASCII.GetBytes(Annotation(id, random.Next(images) + 1, random)));
        }

        stream.Write("],\n\"categories\": ["u8);
        for (var id = 1; id <= 80; id++)
        {
            stream.Write(Encoding.ASCII.GetBytes($"{(id > 1 ? ", " : string.Empty)}{{\"id\": {id}, \"name\": \"class {id}\", \"supercategory\": \"thing\"}}"));
        }

        stream.Write("],\n\"images\": ["u8);
        for (var id = 1; id <= images; id++)
        {
            stream.Write(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{(id > 1 ? ",\n" : string.Empty)}{{\"license\": 3, \"file_name\": \"{id:000000000000}.jpg\", \"coco_url\": \"http://example.org/train/{id:000000000000}.jpg\", \"height\": 480, \"width\": 640, \"date_captured\": \"2013-11-14 11:18:45\", \"flickr_url\": \"http://example.org/photos/{id}_o.jpg\", \"id\": {id}}}")));
        }

        stream.Write("]}\n"u8);
    }

    private static string Annotation(int id, int imageId, Random random)
    {
        var (x, y) = (random.Next(50, 500), random.Next(50, 380));
        var corners = Enumerable.Range(0, random.Next(8, 45)).ToArray();
        var xy = corners.Select(i => (X: x + (40 * Math.Cos(i * Math.Tau / corners.Length)) + random.NextDouble(), Y: y + (35 * Math.Sin(i * Math.Tau / corners.Length)) + random.NextDouble()));
        var text = string.Join(", ", xy.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##}, {p.Y:0.##}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"segmentation\": [[{text}]], \"area\": {4000 + random.Next(500)}.25, \"iscrowd\": 0, \"image_id\": {imageId}, \"bbox\": [{x - 40}, {y - 35}, 81, 71], \"category_id\": {random.Next(1, 81)}, \"id\": {id}}}");
    }
}
