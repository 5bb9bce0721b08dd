namespace Maskwright.Formats.Datasets;

/// <summary>How shapes are written by formats that know both polygons and run lengths.</summary>
public enum ShapeEncoding
{
    /// <summary>Polygons stay polygons where the format can say them exactly; everything else becomes compressed run lengths. Loses no pixel.</summary>
    AsGiven,

    /// <summary>Everything becomes polygons; where the format has no holes, they are filled and counted.</summary>
    Polygons,

    /// <summary>Everything becomes compressed run lengths.</summary>
    RunLengths,

    /// <summary>Everything becomes run lengths as lists of numbers.</summary>
    UncompressedRunLengths,
}
