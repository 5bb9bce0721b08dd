using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Maskwright.Networks.Tests.Catalog;

/// <summary>What a client asked.</summary>
internal sealed record Asked(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Target.Split('?')[0];

    public string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>What the server does then, misdeeds included.</summary>
internal sealed record Reply(int Status)
{
    public byte[] Body { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The length to declare where it is not the body's own.</summary>
    public long? DeclaredLength { get; init; }

    /// <summary>Close the connection after so many bytes of the body; -1: before any header.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Send nothing more after so many bytes of the body, and keep the connection; -1: not even a header.</summary>
    public int? HangAfter { get; init; }
}

/// <summary>A real HTTP/1.1 server on a loopback port, bare enough to break the rules.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly List<Asked> asked = [];
    private readonly Func<Asked, Reply> answers;
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task accepting;

    public LoopbackServer(Func<Asked, Reply> answers, string host = "127.0.0.1")
    {
        this.answers = answers;
        listener.Start();
        Address = new Uri($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Completes when the server has begun to hang.</summary>
    public Task Hanging => hanging.Task;

    public IReadOnlyList<Asked> Log
    {
        get
        {
            lock (asked)
            {
                return [.. asked];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Stop();
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(closing.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                if (await ReadAsync(stream) is { } request)
                {
                    lock (asked)
                    {
                        asked.Add(request);
                    }

                    await AnswerAsync(stream, request, answers(request));
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
                // The client left, or the test ended.
            }
        }
    }

    private async Task<Asked?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, closing.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return new Asked(first[0], first[1], headers);
    }

    private async Task AnswerAsync(NetworkStream stream, Asked request, Reply reply)
    {
        if (reply.CutAfter == -1)
        {
            return;
        }

        if (reply.HangAfter == -1)
        {
            await HangAsync();
        }

        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Status\r\nConnection: close\r\n"));
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.DeclaredLength ?? reply.Body.Length}\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), closing.Token);
        if (request.Method == "HEAD")
        {
            return;
        }

        await stream.WriteAsync(reply.Body.AsMemory(0, Math.Min(reply.Body.Length, reply.CutAfter ?? reply.HangAfter ?? int.MaxValue)), closing.Token);
        await stream.FlushAsync(closing.Token);
        if (reply.HangAfter is not null)
        {
            await HangAsync();
        }
    }

    private async Task HangAsync()
    {
        hanging.TrySetResult();
        await Task.Delay(Timeout.Infinite, closing.Token);
    }
}
