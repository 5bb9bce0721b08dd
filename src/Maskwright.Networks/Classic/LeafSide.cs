namespace Maskwright.Networks.Classic;

/// <summary>What the clicks in a finest region say.</summary>
internal enum LeafSide
{
    /// <summary>Only positive clicks.</summary>
    Inside,

    /// <summary>Only negative clicks.</summary>
    Outside,

    /// <summary>Clicks of both kinds.</summary>
    Disputed,
}
