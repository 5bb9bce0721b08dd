using System.Text;

namespace Maskwright.Graphs.Weights;

/// <summary>A checkpoint was read but does not fit the network: every missing, unexpected and wrong-shape key, all at once.</summary>
public sealed class WeightMismatchException : IOException
{
    private const int ListedKeys = 6;

    /// <summary>Collects all that does not fit.</summary>
    /// <param name="path">The file, or another name by which the user knows the weights.</param>
    /// <param name="layout">The name of the checkpoint layout that fitted best.</param>
    /// <param name="missing">Parameters of the network that the checkpoint lacks, by the network's names.</param>
    /// <param name="unexpected">Tensors of the checkpoint that the network has no place for, by the checkpoint's keys.</param>
    /// <param name="wrongShapes">Parameters whose shape differs.</param>
    public WeightMismatchException(
        string path, string layout, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<ShapeMismatch> wrongShapes)
        : base(Describe(path, layout, missing, unexpected, wrongShapes))
    {
        Path = path;
        Layout = layout;
        Missing = missing;
        Unexpected = unexpected;
        WrongShapes = wrongShapes;
    }

    /// <summary>The file, or another name by which the user knows the weights.</summary>
    public string Path { get; }

    /// <summary>The name of the checkpoint layout that fitted best.</summary>
    public string Layout { get; }

    /// <summary>All parameters that the checkpoint lacks, by the network's names.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>All tensors that the network has no place for, by the checkpoint's keys.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>All parameters whose shape differs.</summary>
    public IReadOnlyList<ShapeMismatch> WrongShapes { get; }

    private static string Describe(
        string path, string layout, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<ShapeMismatch> wrongShapes)
    {
        var text = new StringBuilder($"{path}: the weights do not fit the network (read as the {layout} layout)");
        Append(text, "missing", missing);
        Append(text, "unexpected", unexpected);
        Append(text, "of the wrong shape", wrongShapes);
        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, string kind, IReadOnlyList<T> items)
    {
        if (items.Count > 0)
        {
            text.Append($"; {items.Count} {kind}: {string.Join(", ", items.Take(ListedKeys))}");
            text.Append(items.Count > ListedKeys ? $" and {items.Count - ListedKeys} more" : "");
        }
    }
}
