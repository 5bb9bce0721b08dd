using System.Globalization;

namespace Maskwright.Bench.Fuzzing;

/// <summary>What <c>fuzz</c> was asked for.</summary>
internal sealed record FuzzSettings(double Minutes, int Seed, string? Reader, string? Corpus, string Findings)
{
    /// <summary>Reads <c>--minutes --seed --reader --corpus --findings</c>.</summary>
    public static FuzzSettings Parse(string[] arguments)
    {
        string? Value(string name) => Array.IndexOf(arguments, name) is var at and >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
        return new FuzzSettings(
            double.Parse(Value("--minutes") ?? "10", CultureInfo.InvariantCulture),
            int.Parse(Value("--seed") ?? "1", CultureInfo.InvariantCulture),
            Value("--reader"),
            Value("--corpus"),
            Value("--findings") ?? "fuzz-findings");
    }
}
