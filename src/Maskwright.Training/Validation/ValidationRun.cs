using System.Globalization;
using System.Text.Json;
using Maskwright.Graphs.Weights;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;

namespace Maskwright.Training.Validation;

/// <summary>The judgements of a run: when they are due, which was the best, and whether there is no hope of a better one.</summary>
internal sealed class ValidationRun
{
    private const string BestStepKey = "validation.best_step";
    private const string BestValueKey = "validation.best_value";
    private const string WaitedKey = "validation.waited";
    private const string JudgedKey = "validation.judged_step";
    private const string DataKey = "validation.data";
    private const string MetricsKey = "metrics";
    private const string MeasureKey = "validation.measure";

    private readonly IValidator _validator;
    private readonly TrainingRecipe _recipe;
    private readonly IReadOnlyList<TrainingExample> _examples;
    private readonly ValidationMeasure _measure;
    private (long Step, double Value) _best = (0, double.NaN);
    private int _waited;
    private long _judgedStep;
    private string _metrics = string.Empty;

    /// <param name="validator">Judges.</param>
    /// <param name="examples">All images that may be looked at.</param>
    /// <param name="recipe">Says when, how many and how.</param>
    /// <exception cref="ArgumentException">There is no image, or no such measure.</exception>
    public ValidationRun(IValidator validator, IReadOnlyList<TrainingExample> examples, TrainingRecipe recipe)
    {
        var options = recipe.Validation;
        (_validator, _recipe) = (validator, recipe);
        _examples = ValidationSplit.Pick([.. examples.Where(example => recipe.SetOf(example.Set)?.Weight > 0)], options.Images, recipe.Seed);
        if (_examples.Count == 0)
        {
            throw new ArgumentException("None of the images to judge on belongs to a set that the recipe uses.", nameof(examples));
        }

        _measure = options.Measure is null
            ? validator.Measures[0]
            : validator.Measures.FirstOrDefault(measure => measure.Name == options.Measure) ?? throw new ArgumentException(
                $"validation.measure '{options.Measure}' is unknown; this network has {string.Join(", ", validator.Measures.Select(measure => measure.Name))}");
    }

    /// <summary>Whether so many judgements brought nothing that the run ends.</summary>
    public bool IsExhausted => _waited >= _recipe.Validation.Patience;

    /// <summary>What a checkpoint must keep of it.</summary>
    public IReadOnlyDictionary<string, string> State => new Dictionary<string, string>
    {
        [MeasureKey] = _measure.Name,
        [DataKey] = DataFingerprint.Of(_examples),
        [BestStepKey] = _best.Step.ToString(CultureInfo.InvariantCulture),
        [BestValueKey] = _best.Value.ToString("R", CultureInfo.InvariantCulture),
        [JudgedKey] = _judgedStep.ToString(CultureInfo.InvariantCulture),
        [MetricsKey] = _metrics,
        [WaitedKey] = _waited.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Whether weights are to be judged after a number of steps, and were not yet.</summary>
    public bool IsDue(long stepsDone) => stepsDone > _judgedStep && (stepsDone % _recipe.Validation.Every == 0 || stepsDone == _recipe.Steps);

    /// <summary>Goes on from what a checkpoint kept; another measure, or other images, begin anew.</summary>
    public void Resume(IReadOnlyDictionary<string, string> state)
    {
        var data = DataFingerprint.Of(_examples);
        if (state.GetValueOrDefault(MeasureKey) == _measure.Name
            && state.GetValueOrDefault(DataKey, data) == data
            && long.TryParse(state.GetValueOrDefault(BestStepKey), CultureInfo.InvariantCulture, out var step)
            && double.TryParse(state.GetValueOrDefault(BestValueKey), CultureInfo.InvariantCulture, out var value)
            && long.TryParse(state.GetValueOrDefault(JudgedKey), CultureInfo.InvariantCulture, out var judged)
            && int.TryParse(state.GetValueOrDefault(WaitedKey), CultureInfo.InvariantCulture, out var waited))
        {
            (_best, _judgedStep, _waited, _metrics) = ((step, value), judged, waited, state.GetValueOrDefault(MetricsKey, string.Empty));
        }
    }

    /// <summary>Judges the averaged weights.</summary>
    public ValidationReport Judge(long stepsDone, WeightAverage average, CancellationToken cancellationToken)
    {
        using var weights = WeightFile.FromArrays(
            average.Tensors.Select(a => (a.Key, (IReadOnlyList<long>)a.Value.shape, PromptTensors.ToArray(a.Value))), "averaged weights");
        var outcome = _validator.Judge(weights, _examples, cancellationToken);
        var isBest = _measure.IsBetter(outcome.Measures[_measure.Name], _best.Value);
        _best = isBest ? (stepsDone, outcome.Measures[_measure.Name]) : _best;
        (_waited, _judgedStep) = (isBest ? 0 : _waited + 1, stepsDone);
        _metrics = JsonSerializer.Serialize(outcome.Measures.Where(measure => double.IsFinite(measure.Value)).ToDictionary());
        return new ValidationReport(
            stepsDone, _recipe.Steps, _examples.Count, outcome.Measures, outcome.Groups, _measure.Name, isBest, _best.Step, _best.Value, IsExhausted && stepsDone < _recipe.Steps, outcome.Examples);
    }
}
