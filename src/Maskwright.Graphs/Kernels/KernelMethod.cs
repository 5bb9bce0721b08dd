using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>How the methods of a kernel are compiled.</summary>
internal static class KernelMethod
{
    /// <summary>
    /// A loop that must be fast at its first call, without the platform's tiers, and stays a method of its own, so that what it calls is inlined into it.
    /// </summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>A step of a loop.</summary>
    public const MethodImplOptions Step = MethodImplOptions.AggressiveInlining;
}
