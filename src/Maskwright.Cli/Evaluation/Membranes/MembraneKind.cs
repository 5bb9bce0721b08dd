namespace Maskwright.Cli.Evaluation.Membranes;

/// <summary>What a predicted pixel says.</summary>
internal enum MembraneKind
{
    /// <summary>The number of its cell, 0 for membrane.</summary>
    Labels,

    /// <summary>How sure it is a cell.</summary>
    Cells,

    /// <summary>How sure it is membrane.</summary>
    Membranes,
}
