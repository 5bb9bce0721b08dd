namespace Maskwright.Formats.Datasets;

/// <summary>How a data set is written.</summary>
public sealed record DatasetWriteOptions
{
    /// <summary>The defaults.</summary>
    public static DatasetWriteOptions Default { get; } = new();

    /// <summary>Whether an earlier result at the same place is replaced; otherwise it is an error.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>How shapes are written by formats that know both polygons and run lengths.</summary>
    public ShapeEncoding Shapes { get; init; } = ShapeEncoding.AsGiven;

    /// <summary>How far, in pixels, a polygon made from a mask may leave its outline to save corners; 0 keeps the mask exactly. Polygons that were read are never changed.</summary>
    public double SimplifyTolerancePixels { get; init; }

    /// <summary>The folder of the images, for formats that keep pictures or facts of them; null for the data set's own <see cref="Maskwright.Datasets.AnnotatedDataset.ImageFolder"/>.</summary>
    public string? ImageFolder { get; init; }
}
