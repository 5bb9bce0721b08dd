using System.Collections.Concurrent;

namespace Maskwright.Training.Torch;

/// <summary>Numbers as Torch's scalars that live as long as the process.</summary>
/// <remarks>
/// TorchSharp 0.107 hands a scalar's address to native code without keeping the scalar alive: a temporary one may be freed by the finalizer while the
/// operation still reads it, which under load ended runs with "Expected false to be true" from Scalar.h. So no temporary scalar is ever passed here.
/// </remarks>
internal static class TorchNumber
{
    private static readonly ConcurrentDictionary<double, Scalar> s_numbers = [];

    /// <summary>One, the factor that additions take.</summary>
    public static Scalar One { get; } = Of(1);

    /// <summary>A number that comes from the code or the settings; not for numbers that change all the time.</summary>
    public static Scalar Of(double number) => s_numbers.GetOrAdd(number, value => value.ToScalar());
}
