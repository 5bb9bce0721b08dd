namespace Maskwright.Formats.Npy;

/// <summary>The element type of an array in a <c>.npy</c> file.</summary>
public enum NpyElementType
{
    /// <summary>One byte, 0 or 1.</summary>
    Boolean,

    /// <summary>Unsigned 8 bit.</summary>
    UInt8,

    /// <summary>Signed 8 bit.</summary>
    Int8,

    /// <summary>Unsigned 16 bit.</summary>
    UInt16,

    /// <summary>Signed 16 bit.</summary>
    Int16,

    /// <summary>Unsigned 32 bit.</summary>
    UInt32,

    /// <summary>Signed 32 bit.</summary>
    Int32,

    /// <summary>Unsigned 64 bit.</summary>
    UInt64,

    /// <summary>Signed 64 bit.</summary>
    Int64,

    /// <summary>IEEE 754 half precision.</summary>
    Float16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,
}
