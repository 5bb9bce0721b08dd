using Maskwright.Cli.Models;
using Maskwright.Cli.Running;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Cli;

/// <summary>Everything outside the tool that it may touch beside files: streams, variables, the clock, the models. Tests put their own in.</summary>
internal sealed record Surroundings
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether results go to a person's terminal; false when piped or redirected.</summary>
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 100;

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How much memory this process can still take.</summary>
    public Func<long> AvailableBytes { get; init; } = AvailableMemory.Read;

    public IModelSource Models { get; init; } = new ModelSource();

    public string HomeFolder { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The hub's endpoint, cache and token, as the variables say.</summary>
    public HubEnvironment Hub => HubEnvironment.From(Variable, HomeFolder);

    /// <summary>Where embeddings are kept between runs when the command line names no folder.</summary>
    public string DefaultEmbeddingFolder =>
        Path.Combine(Variable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(HomeFolder, ".cache"), "maskwright", "embeddings");

    /// <summary>The streams, the terminal and the variables of this process.</summary>
    public static Surroundings OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = WidthOfTerminal(),
    };

    private static int WidthOfTerminal() => Console.IsOutputRedirected && Console.IsErrorRedirected ? 100 : Math.Clamp(Console.WindowWidth, 40, 200);
}
