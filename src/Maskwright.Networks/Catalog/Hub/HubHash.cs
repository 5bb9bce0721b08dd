using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>The running hash of a file that is being loaded, of the kind that the hub declares for it.</summary>
internal sealed class HubHash : IDisposable
{
    private readonly IncrementalHash? hash;

    private HubHash(FileCheck check, IncrementalHash? hash)
    {
        Check = check;
        this.hash = hash;
    }

    public FileCheck Check { get; }

    /// <summary>Starts a hash.</summary>
    /// <param name="expected">64 digits: SHA-256; 40: Git's SHA-1 of the blob; anything else: no hash to compare.</param>
    /// <param name="sizeBytes">Size of the whole file, which Git hashes in front of the content.</param>
    public static HubHash Start(string? expected, long sizeBytes)
    {
        switch (expected?.Length)
        {
            case 64:
                return new HubHash(FileCheck.Sha256, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
            case 40:
                var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
                hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {sizeBytes}\0")));
                return new HubHash(FileCheck.GitSha1, hash);
            default:
                return new HubHash(FileCheck.SizeOnly, null);
        }
    }

    public void Append(ReadOnlySpan<byte> bytes) => hash?.AppendData(bytes);

    /// <summary>Ends the hash: lower-case hexadecimal, null when there is none.</summary>
    public string? Finish() => hash is null ? null : Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash?.Dispose();
}
