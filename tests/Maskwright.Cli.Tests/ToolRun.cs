using Maskwright.Testing;

namespace Maskwright.Cli.Tests;

/// <summary>Runs the tool through its real entry point, in this process, with captured streams and a folder of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Variables that the tool sees; nothing of the machine's environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public FakeModels Models { get; init; } = new();

    public bool UsesRealModels { get; init; }

    public bool IsTerminal { get; init; }

    public long AvailableBytes { get; init; } = 1L << 40;

    public CancellationToken Token { get; init; }

    public string Output { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Folder => _folder.Path;

    public string File(params string[] parts) => _folder.File(parts);

    /// <summary>The names of all files below the folder, or below one in it, in ordinal order.</summary>
    public string[] Files(string below = "") => Directory.Exists(File(below))
        ? [.. Directory.EnumerateFiles(File(below), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(File(below), file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Runs the tool; a word that starts with <c>@</c> is a path inside the folder.</summary>
    public ExitCode Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings
        {
            Out = output,
            Error = error,
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Variable = Variables.GetValueOrDefault,
            HomeFolder = File("home"),
            AvailableBytes = () => AvailableBytes,
        };
        surroundings = UsesRealModels ? surroundings : surroundings with { Models = Models };
        var words = args.Select(arg => arg.StartsWith('@') ? File(arg[1..]) : arg).ToArray();
        var code = Tool.RunAsync(words, surroundings, Token).GetAwaiter().GetResult();
        Output = output.ToString().Replace(_folder.Path + Path.DirectorySeparatorChar, "@", StringComparison.Ordinal);
        Error = error.ToString().Replace(_folder.Path + Path.DirectorySeparatorChar, "@", StringComparison.Ordinal);
        return (ExitCode)code;
    }

    public void Dispose() => _folder.Dispose();
}
