namespace Maskwright.Cli;

/// <summary>How the tool ends. The one table of exit codes; docs/guide/cli.md repeats it and a test compares both.</summary>
internal enum ExitCode
{
    /// <summary>Everything that was asked for was done.</summary>
    Ok = 0,

    /// <summary>At least one input failed; the others are done.</summary>
    SomeInputsFailed = 1,

    /// <summary>The command line cannot be followed: an unknown option, an impossible value, no input.</summary>
    Usage = 2,

    /// <summary>The model is not known, not on this machine, or its files cannot be used.</summary>
    Model = 3,

    /// <summary>The device that was asked for is not there.</summary>
    Device = 4,

    /// <summary>The run would not fit into memory; --force tries nevertheless.</summary>
    Memory = 5,

    /// <summary>The hub could not be reached, refused, or sent something else than it declared.</summary>
    Hub = 6,

    /// <summary>Results cannot be written: the disk is full, or the folder is read-only.</summary>
    Output = 7,

    /// <summary>A fault in Maskwright itself.</summary>
    Internal = 70,

    /// <summary>Stopped by Ctrl-C; no half-written file is left.</summary>
    Interrupted = 130,

    /// <summary>Stopped by the system (SIGTERM); no half-written file is left.</summary>
    Terminated = 143,
}
