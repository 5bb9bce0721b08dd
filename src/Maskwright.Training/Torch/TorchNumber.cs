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
    private static readonly ConcurrentDictionary<long, Scalar> s_labels = [];

    /// <summary>One, the factor that additions take.</summary>
    public static Scalar One { get; } = Of(1);

    /// <summary>A number that comes from the code or the settings; not for numbers that change all the time.</summary>
    public static Scalar Of(double number) => s_numbers.GetOrAdd(number, value => value.ToScalar());

    /// <summary>A whole number, for comparing labels: exact however large it is.</summary>
    public static Scalar OfLabel(long number) => s_labels.GetOrAdd(number, value => value.ToScalar());

    /// <summary>One minus a tensor.</summary>
    public static TorchTensor Complement(TorchTensor share) => share.neg().add(One, One);

    /// <summary>0, 1, 2, ... as 64-bit integers: <c>arange</c> itself takes temporary scalars.</summary>
    public static TorchTensor Counted(long count, torch.Device device)
    {
        var places = new long[count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        return torch.tensor(places, device: device);
    }
}
