using Maskwright.Geometry;
using Maskwright.Graphs.Onnx;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>A network of the SAM family, from a checkpoint or from ONNX files.</summary>
internal static class NetworkModel
{
    public static LoadedModel Load(ResolvedModel resolved, ModelRequest request)
    {
        throw new NotSupportedException();
    }
}
