namespace Maskwright.Metrics;

/// <summary>What two objects are compared by.</summary>
public enum OverlapGeometry
{
    /// <summary>Their masks (COCO's <c>segm</c>).</summary>
    Masks,

    /// <summary>Their upright boxes (COCO's <c>bbox</c>).</summary>
    Boxes,
}
