namespace Maskwright.Networks.Catalog.Hub;

/// <summary>What went wrong between this machine and the hub; the tool maps it to exit codes.</summary>
public enum HubFault
{
    /// <summary>A variable of the environment cannot be used.</summary>
    InvalidSetting,

    /// <summary>A network call was needed while <c>HF_HUB_OFFLINE</c> is set.</summary>
    Offline,

    /// <summary>The server could not be reached, went silent or cut the connection, again and again.</summary>
    Unreachable,

    /// <summary>The repository, revision or file is not there.</summary>
    NotFound,

    /// <summary>A token is missing or not allowed, or a licence must be accepted first.</summary>
    AccessDenied,

    /// <summary>The server asks to wait longer than this program is willing to.</summary>
    RateLimited,

    /// <summary>The server answered with something that is not the hub's protocol.</summary>
    InvalidAnswer,

    /// <summary>A name would lead outside the cache, or cannot be a file name.</summary>
    UnsafeName,

    /// <summary>What arrived has another size than the hub declares.</summary>
    WrongSize,

    /// <summary>What arrived has another hash than the hub declares, or the hub's file is not the known one.</summary>
    WrongHash,

    /// <summary>There is no room for the file.</summary>
    DiskFull,

    /// <summary>The cache folder cannot be written.</summary>
    NotWritable,

    /// <summary>Another process is using the files.</summary>
    Busy,
}
