using System.Security.Cryptography;
using System.Text;

namespace Maskwright.Training.Data;

/// <summary>Tells one set of training data from another by names and sizes of files, without opening them.</summary>
public static class DataFingerprint
{
    private const int Digits = 16;

    /// <summary>The fingerprint of examples; their order counts, since crops are drawn by it.</summary>
    /// <param name="examples">The examples; what each says of itself is its <see cref="TrainingExample.Identity"/>.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Of(IEnumerable<TrainingExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var example in examples)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{example.Set}\t{example.Name}\t{example.Identity}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }
}
