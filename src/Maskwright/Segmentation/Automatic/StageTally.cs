using System.Globalization;

namespace Maskwright.Segmentation;

/// <summary>Counts what a stage of automatic generation lets through, and remembers by what value it judged.</summary>
/// <param name="name">The stage's name in the report.</param>
internal sealed class StageTally(string name)
{
    private readonly List<float> _values = [];
    private int _candidates;
    private int _kept;

    /// <summary>Notes one candidate.</summary>
    public void Add(bool isKept, float value = 0)
    {
        _values.Add(value);
        Add(1, isKept ? 1 : 0);
    }

    /// <summary>Notes several candidates.</summary>
    public void Add(int candidates, int kept) => (_candidates, _kept) = (_candidates + candidates, _kept + kept);

    /// <summary>The report's line; where nothing was kept, with advice.</summary>
    /// <param name="advice">What would have kept some; asked only when the stage dropped all it was given.</param>
    public GenerationStage Finish(Func<StageTally, string>? advice = null) =>
        new(name, _candidates, _kept, _candidates > 0 && _kept == 0 ? advice?.Invoke(this) : null);

    /// <summary>Says which threshold, in hundredths, would have kept the best.</summary>
    /// <param name="what">What was judged by.</param>
    /// <param name="flag">The setting's flag.</param>
    /// <param name="isStrict">Whether a value at the threshold is dropped.</param>
    public string ThresholdAdvice(string what, string flag, bool isStrict)
    {
        var best = _values.Max();
        if (!float.IsFinite(best))
        {
            return $"no {what} was a finite number: the model's output cannot be used";
        }

        var threshold = Math.Floor(best * 100.0) / 100;
        if (!Passes(best, threshold, isStrict))
        {
            threshold -= 0.01;
        }

        threshold = Math.Max(0, threshold); // 0 switches the filter off.
        var kept = threshold == 0 ? _values.Count : _values.Count(value => Passes(value, threshold, isStrict));
        return string.Create(CultureInfo.InvariantCulture, $"the best {what} was {best:0.###}: {flag} {threshold:0.00} would keep {kept}");
    }

    private static bool Passes(float value, double threshold, bool isStrict) => isStrict ? value > (float)threshold : value >= (float)threshold;
}
