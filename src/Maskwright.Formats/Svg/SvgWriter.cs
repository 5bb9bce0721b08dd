using System.Globalization;
using System.Text;
using Maskwright.Formats.Overlays;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Formats.Svg;

/// <summary>Writes masks as an SVG drawing: one path a mask along its exact pixel edges, large masks beneath small ones.</summary>
/// <remarks>
/// The view box is the image in pixels. Paths fill by the even-odd rule, so holes are holes. A path's <c>id</c> is <c>mask-N</c> with the mask's number
/// from 0, and <c>data-area</c>, <c>data-predicted-iou</c>, <c>data-stability-score</c> and <c>data-label</c> say what is known of it.
/// </remarks>
public sealed class SvgWriter : IMaskWriter
{
    private const double FillOpacity = 0.5;

    /// <inheritdoc/>
    public string FormatName => "svg";

    /// <inheritdoc/>
    public string Suffix => ".svg";

    /// <inheritdoc/>
    public string Description => "STEM.svg, one path a mask along its exact pixel edges";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(MaskWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var path = OutputPlace.PrepareFile(request, request.PathFor(Suffix));
        AtomicFile.Write(path, stream => WriteDrawing(stream, request, cancellationToken));
        return [path];
    }

    private static void WriteDrawing(Stream stream, MaskWriteRequest request, CancellationToken cancellationToken)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        var (width, height) = (request.Size.Width, request.Size.Height);
        text.Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        text.Write($"fill-rule=\"evenodd\" fill-opacity=\"{Text(FillOpacity)}\">\n");
        text.Write($"<title>{Escape(request.FileName)}</title>\n");
        var order = LabelMap.OrderByArea(request.Proposals);
        var colours = ColourAssignment.Assign(LabelMap.FromProposals(request.Size, request.Proposals), order.Count, null);
        for (var i = 0; i < order.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteMask(text, order[i], request.Proposals[order[i]], colours[i]);
        }

        text.Write("</svg>\n");
    }

    private static void WriteMask(StreamWriter text, int number, MaskProposal proposal, OverlayColour colour)
    {
        text.Write($"<path id=\"mask-{number}\" fill=\"{colour.Hex}\" data-area=\"{proposal.Area}\" data-predicted-iou=\"{Text(proposal.PredictedIou)}\"");
        if (proposal.StabilityScore is { } stability)
        {
            text.Write($" data-stability-score=\"{Text(stability)}\"");
        }

        if (proposal.Label is { } label)
        {
            text.Write($" data-label=\"{Escape(label)}\"");
        }

        text.Write(" d=\"");
        foreach (var ring in PixelOutline.Of(proposal.Mask).Rings)
        {
            WriteRing(text, ring);
        }

        text.Write("\"/>\n");
    }

    // Edges are alternately horizontal and vertical, so each needs one relative number; z draws the last one.
    private static void WriteRing(StreamWriter text, PixelRing ring)
    {
        var corners = ring.Corners;
        text.Write($"M{corners[0].X} {corners[0].Y}");
        for (var i = 1; i < corners.Length; i++)
        {
            var (dx, dy) = (corners[i].X - corners[i - 1].X, corners[i].Y - corners[i - 1].Y);
            text.Write(dy == 0 ? 'h' : 'v');
            text.Write(dy == 0 ? dx : dy);
        }

        text.Write('z');
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Characters that XML 1.0 cannot hold in any form become the replacement character.
    private static string Escape(string value)
    {
        var clean = new string([.. value.Select(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD')]);
        return System.Security.SecurityElement.Escape(clean);
    }
}
