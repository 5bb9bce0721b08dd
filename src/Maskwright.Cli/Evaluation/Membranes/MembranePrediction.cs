using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Membranes;

/// <summary>The cells that a prediction of membranes means, at any threshold.</summary>
internal sealed class MembranePrediction
{
    private readonly MembraneKind _kind;
    private readonly LabelMap _values;
    private readonly int _highest;

    private MembranePrediction(MembraneKind kind, LabelMap values, int highest) => (_kind, _values, _highest) = (kind, values, highest);

    public ImageSize Size => _values.Size;

    /// <summary>Reads an image; what is sure is as bright as its 8 or 16 bit allow.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MembranePrediction Read(string path, MembraneKind kind, CancellationToken cancellationToken)
    {
        var values = MaskImageReader.ReadLabels(path, cancellationToken: cancellationToken);
        var highest = values.Labels.ToArray().Max() > byte.MaxValue ? ushort.MaxValue : byte.MaxValue;
        if (kind == MembraneKind.Membranes)
        {
            values = new LabelMap(values.Size, [.. values.Labels.ToArray().Select(value => highest - value)]);
        }

        return new MembranePrediction(kind, values, highest);
    }

    /// <summary>The cells, with thin borders.</summary>
    /// <param name="threshold">From 0 to 1: pixels that are cells with more than this.</param>
    public LabelMap Cells(double threshold) =>
        BorderThinning.Thin(_kind == MembraneKind.Labels ? CellMaps.Of(_values) : CellMaps.Above(_values, (int)Math.Floor(threshold * _highest)));
}
