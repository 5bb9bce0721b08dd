using Maskwright.Formats.Cityscapes;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Cvat;
using Maskwright.Formats.GeoJson;
using Maskwright.Formats.LabelMe;
using Maskwright.Formats.Labels;
using Maskwright.Formats.LabelStudio;
using Maskwright.Formats.Npz;
using Maskwright.Formats.Supervisely;
using Maskwright.Formats.Svg;
using Maskwright.Formats.Voc;
using Maskwright.Formats.Yolo;

namespace Maskwright.Formats.Datasets;

/// <summary>Every data set format that is read or written.</summary>
public static class DatasetFormats
{
    /// <summary>The readers; of two that recognise the same file the more particular one comes first.</summary>
    public static IReadOnlyList<IDatasetReader> Readers { get; } =
    [
        new LvisReader(),
        new CocoInstancesReader(),
        new CocoResultsReader(),
        new PanopticReader(),
        new Sa1bReader(),
        new LabelMeReader(),
        new YoloReader(),
        new VocReader(),
        new SuperviselyReader(),
        new LabelStudioReader(),
        new CvatReader(),
        new GeoJsonReader(),
        new SvgDatasetReader(),
        new NpzReader(),
        new CityscapesReader(),
        new LabelFolderReader(LabelFileType.Png),
        new LabelFolderReader(LabelFileType.Tiff),
    ];

    /// <summary>The writers.</summary>
    public static IReadOnlyList<IDatasetWriter> Writers { get; } =
    [
        new CocoInstancesWriter(),
        new CocoResultsWriter(),
        new PanopticWriter(),
        new LvisWriter(),
        new Sa1bDatasetWriter(),
        new LabelMeWriter(),
        new YoloWriter(),
        new VocWriter(),
        new SuperviselyWriter(),
        new LabelStudioWriter(),
        new CvatWriter(),
        new GeoJsonWriter(),
        new SvgDatasetWriter(),
        new NpzWriter(),
        new CityscapesWriter(),
        new LabelFolderWriter(LabelFileType.Png),
        new LabelFolderWriter(LabelFileType.Tiff),
    ];

    /// <summary>The reader of a format; null when there is none.</summary>
    /// <param name="formatName">The short name, in any case.</param>
    public static IDatasetReader? Reader(string formatName) =>
        Readers.FirstOrDefault(reader => reader.FormatName.Equals(formatName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The writer of a format; null when there is none.</summary>
    /// <param name="formatName">The short name, in any case.</param>
    public static IDatasetWriter? Writer(string formatName) =>
        Writers.FirstOrDefault(writer => writer.FormatName.Equals(formatName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The reader that recognises a file or folder; null when none does.</summary>
    /// <param name="path">A file or folder that exists.</param>
    public static IDatasetReader? Detect(string path) => Readers.FirstOrDefault(reader => reader.Recognises(path));
}
