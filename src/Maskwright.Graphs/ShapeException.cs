namespace Maskwright.Graphs;

/// <summary>An operation was given tensors whose shapes do not fit together; says where in the network and what would fit.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Says what does not fit.</summary>
    /// <param name="message">Names the operation, the expected and the actual shapes.</param>
    public ShapeException(string message)
        : base(message)
    {
    }

    /// <summary>Adds the place in the network.</summary>
    /// <param name="message">Names the operation, the expected and the actual shapes.</param>
    /// <param name="inner">The fault itself.</param>
    public ShapeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
