using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Loads the content of one file into an incomplete file, going on where an earlier attempt ended.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="address">Where the content is; followed along redirects.</param>
/// <param name="subject">What it is, for messages.</param>
/// <param name="sizeBytes">Declared size.</param>
/// <param name="expected">Declared hash, 40 or 64 digits; null where none is declared.</param>
/// <param name="reports">Told the phase, the bytes on disk, and the fault and pause of a broken attempt.</param>
internal sealed class HubDownload(
    HubHttp http, Uri address, HubSubject subject, long sizeBytes, string? expected, Action<PullPhase, long, HubException?, TimeSpan?> reports)
    : IDisposable
{
    private const int BufferSize = 1 << 17;
    private const long ReportEvery = 1 << 20;

    private HubHash hash = HubHash.Start(expected, sizeBytes);
    private EntityTagHeaderValue? validator;
    private long done;
    private long reported;

    /// <summary>Loads what is missing and checks the whole.</summary>
    /// <param name="incompletePath">
    /// The incomplete file; it may hold the beginning already. It stays when the transfer breaks, and goes when its content is wrong.
    /// </param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    /// <returns>How the file was checked.</returns>
    public async Task<FileCheck> RunAsync(string incompletePath, CancellationToken cancellationToken)
    {
        var kept = await RunOnceAsync(incompletePath, cancellationToken).ConfigureAwait(false);
        if (Mismatch() is not { } mismatch)
        {
            return hash.Check;
        }

        File.Delete(incompletePath);
        if (kept == 0)
        {
            throw mismatch;
        }

        // The beginning came from an earlier run, perhaps of another program; its bytes may be the wrong ones.
        Restart();
        await RunOnceAsync(incompletePath, cancellationToken).ConfigureAwait(false);
        if (Mismatch() is not { } second)
        {
            return hash.Check;
        }

        File.Delete(incompletePath);
        throw second;
    }

    public void Dispose() => hash.Dispose();

    private async Task<long> RunOnceAsync(string incompletePath, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(incompletePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                await ReadKeptAsync(file, cancellationToken).ConfigureAwait(false);
                var kept = done;
                while (done < sizeBytes)
                {
                    await http.RetryAsync(token => AttemptAsync(file, token), Pauses, cancellationToken).ConfigureAwait(false);
                }

                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
                return kept;
            }
        }
        catch (HubException error) when (error.Fault == HubFault.WrongSize)
        {
            File.Delete(incompletePath);
            throw;
        }
        catch (IOException error) when (IsDiskFull(error))
        {
            throw DiskFull(subject, incompletePath, sizeBytes, done, error);
        }
    }

    /// <summary>The exception for a full disk.</summary>
    public static HubException DiskFull(HubSubject subject, string path, long sizeBytes, long done, Exception? inner = null) => new(
        HubFault.DiskFull,
        $"{subject}: no room for {HubText.Size(sizeBytes - done)} more in {Path.GetDirectoryName(path)}. "
        + (done > 0
            ? $"{HubText.Size(done)} of {HubText.Size(sizeBytes)} are kept: make room and run the same command to go on from there."
            : "Make room, or set HF_HOME to another disk."),
        inner)
    {
        Repository = subject.Repository,
        File = subject.File,
    };

    private void Pauses(HubException fault, TimeSpan pause) => reports(PullPhase.Pausing, done, fault, pause);

    private async Task ReadKeptAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length > sizeBytes)
        {
            file.SetLength(0);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var left = file.Length; left > 0; left = file.Length - done)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
                await file.ReadExactlyAsync(piece, cancellationToken).ConfigureAwait(false);
                Count(piece.Span, PullPhase.Checking);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // One connection. It returns when the file is whole, or when the connection broke after bringing much: the next has a fresh count of attempts.
    private async ValueTask<bool> AttemptAsync(FileStream file, CancellationToken cancellationToken)
    {
        var start = done;
        using var response = await http.SendAsync(HttpMethod.Get, address, subject, AddRange, null, cancellationToken).ConfigureAwait(false);
        PrepareFor(response, file);
        var begin = done;
        try
        {
            await CopyAsync(response, file, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException fault) when (fault.IsTransient && begin == start && done - begin >= http.Options.ProgressBytes)
        {
            reports(PullPhase.Downloading, done, null, null);
        }

        return true;
    }

    private void AddRange(HttpRequestHeaders headers)
    {
        if (done == 0)
        {
            return;
        }

        headers.Range = new RangeHeaderValue(done, null);
        if (validator is not null)
        {
            headers.IfRange = new RangeConditionHeaderValue(validator);
        }
    }

    private void PrepareFor(HttpResponseMessage response, FileStream file)
    {
        var range = response.Content.Headers.ContentRange;
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && range?.From == done && (range.Length is null || range.Length == sizeBytes);
        if (response.StatusCode != HttpStatusCode.OK && !goesOn)
        {
            // A range that was not asked for, or none where one should be: what is kept cannot be continued.
            var asked = done;
            StartOver(file);
            throw HubHttp.Invalid(subject, $"the server did not send the rest from byte {asked}", isTransient: true);
        }

        if (response.StatusCode == HttpStatusCode.OK && done > 0)
        {
            StartOver(file); // The server ignores ranges, or has another content by now.
        }

        // A part may be shorter than asked for, the whole may not.
        if (response.Content.Headers.ContentLength is { } length && (done == 0 ? length != sizeBytes : length > sizeBytes - done))
        {
            throw WrongSize(done + length);
        }

        validator = response.Headers.ETag is { IsWeak: false } tag ? tag : null;
    }

    private void StartOver(FileStream file)
    {
        file.SetLength(0);
        file.Position = 0;
        Restart();
    }

    private void Restart()
    {
        hash.Dispose();
        hash = HubHash.Start(expected, sizeBytes);
        validator = null;
        done = 0;
        reported = 0;
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                for (int read; (read = await HubBody.ReadAsync(http, source, buffer, Broken, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    if (done + read > sizeBytes)
                    {
                        throw WrongSize(null);
                    }

                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    Count(buffer.AsSpan(0, read), PullPhase.Downloading);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (done < sizeBytes)
        {
            throw Broken("cut the connection", null);
        }
    }

    private HubException Broken(string how, Exception? error) => HubHttp.Unreachable(
        subject,
        address,
        $"{how} after {HubText.Size(done)} of {HubText.Size(sizeBytes)}; what has arrived is kept, the same command goes on from there",
        error);

    private void Count(ReadOnlySpan<byte> bytes, PullPhase phase)
    {
        hash.Append(bytes);
        done += bytes.Length;
        if (done - reported >= ReportEvery || done == sizeBytes)
        {
            reported = done;
            reports(phase, done, null, null);
        }
    }

    private HubException? Mismatch()
    {
        var actual = hash.Finish();
        return actual is null || actual == expected
            ? null
            : new HubException(
                HubFault.WrongHash, $"{subject}: what arrived is not what the hub declares: expected {expected}, got {actual}. The bad file is removed.")
            {
                Repository = subject.Repository,
                File = subject.File,
                Expected = expected,
                Actual = actual,
            };
    }

    private HubException WrongSize(long? actual)
    {
        var got = actual is { } bytes ? $"{bytes} bytes" : $"more than {sizeBytes} bytes";
        return new HubException(HubFault.WrongSize, $"{subject}: expected {sizeBytes} bytes, got {got}. The bad file is removed.")
        {
            Repository = subject.Repository,
            File = subject.File,
            Expected = sizeBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Actual = got,
        };
    }

    // ENOSPC (28) and EDQUOT (122) on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsDiskFull(IOException error) => error.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
}
