using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Coco;

/// <summary>The list of images, kept aside until the annotations are written.</summary>
internal sealed class CocoImageList : IDisposable
{
    private readonly Spool _spool = new();
    private readonly bool _needsCategoryLists;
    private bool _isEmpty = true;

    public CocoImageList(bool needsCategoryLists) => _needsCategoryLists = needsCategoryLists;

    public void Dispose() => _spool.Dispose();

    public void Add(AnnotatedImage image, long id)
    {
        _spool.Stream.Write(_isEmpty ? "["u8 : ","u8);
        _isEmpty = false;
        using (var json = CocoJson.Writer(_spool.Stream))
        {
            CocoImageJson.Write(json, image, id, _needsCategoryLists);
        }

        _spool.Trim();
    }

    public void CopyTo(Stream stream)
    {
        _spool.CopyTo(stream);
        stream.Write(_isEmpty ? "[]"u8 : "]"u8);
    }
}
