namespace Maskwright.Datasets.Checking;

/// <summary>How sure a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Often meant so; good to know.</summary>
    Note,

    /// <summary>A person should look.</summary>
    Suspicion,

    /// <summary>It is wrong.</summary>
    Error,
}
