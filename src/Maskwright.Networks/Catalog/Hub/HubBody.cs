namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Reads the bodies of answers, never longer than a stalled server should be waited for.</summary>
internal static class HubBody
{
    /// <summary>Reads a piece.</summary>
    /// <param name="http">Limit and clock.</param>
    /// <param name="source">The body.</param>
    /// <param name="buffer">Filled from its start.</param>
    /// <param name="broken">Makes the exception for a connection that broke, from how it broke and the cause.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Bytes read; 0 at the end.</returns>
    public static async ValueTask<int> ReadAsync(
        HubHttp http, Stream source, Memory<byte> buffer, Func<string, Exception?, HubException> broken, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(http.Options.StallTimeout, http.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await source.ReadAsync(buffer, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw broken($"sent nothing for {HubText.Duration(http.Options.StallTimeout)}", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw broken("cut the connection", error);
        }
    }

    /// <summary>Reads a whole body into memory.</summary>
    public static async Task<byte[]> ReadAllAsync(
        HubHttp http, HttpResponseMessage response, HubSubject subject, Uri address, int limitBytes, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = await ReadAsync(http, source, buffer, Broken, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (body.Length + read > limitBytes)
                {
                    throw HubHttp.Invalid(subject, $"the answer is longer than {HubText.Size(limitBytes)}");
                }

                body.Write(buffer, 0, read);
            }
        }

        return body.ToArray();

        HubException Broken(string how, Exception? error) => HubHttp.Unreachable(subject, address, how, error);
    }
}
