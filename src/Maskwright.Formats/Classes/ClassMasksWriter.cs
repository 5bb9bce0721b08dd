using System.Globalization;
using System.Text;
using Maskwright.Formats.Png;

namespace Maskwright.Formats.Classes;

/// <summary>Writes a black-and-white PNG for every class that an image holds, and a table of their areas.</summary>
public sealed class ClassMasksWriter : IMaskWriter
{
    /// <inheritdoc/>
    public string FormatName => "class-masks";

    /// <inheritdoc/>
    public string Suffix => ".areas.csv";

    /// <inheritdoc/>
    public string Description => "STEM.class-NUMBER-NAME.png for every class, white inside, and STEM.areas.csv with their areas";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var table = new StringBuilder("number,name,pixels,share\n");
        var paths = new List<string>();
        foreach (var proposal in request.Proposals)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var number = proposal.ClassNumber ?? throw new ArgumentException($"A mask of {request.FileName} has no class number.", nameof(request));
            var path = OutputPlace.PrepareFile(request, request.PathFor(string.Create(CultureInfo.InvariantCulture, $".class-{number}-{FileNameOf(proposal.Label ?? "class")}.png")));
            MaskPng.Write(path, proposal.Mask);
            paths.Add(path);
            table.Append(CultureInfo.InvariantCulture, $"{number},{Quoted(proposal.Label ?? string.Empty)},{proposal.Area},{proposal.Area / (double)request.Size.PixelCount:0.######}\n");
        }

        var areas = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        AtomicFile.Write(areas, stream => stream.Write(Encoding.UTF8.GetBytes(table.ToString())));
        return [.. paths, areas];
    }

    private static string FileNameOf(string className) => string.Concat(className.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

    private static string Quoted(string text) => text.AsSpan().ContainsAny("\",\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
