using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Reconstruction;
using Maskwright.Training.Semantic;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Running;

/// <summary>Trains a network: this file is the whole loop, whatever it is that learns.</summary>
/// <remarks>Equal recipes and data give equal losses on one machine, whether a run was interrupted or not. Not safe for use by several threads.</remarks>
public sealed class TrainingLoop : IDisposable
{
    private const int BatchesAhead = 4;

    private readonly ILearner _learner;
    private readonly TrainingRecipe _recipe;
    private readonly CropSource _source;
    private readonly BatchWorkers _workers;
    private readonly WeightOptimiser _optimiser;
    private readonly WeightAverage _average;
    private readonly ValidationRun? _validation;
    private readonly CheckpointFacts _facts;
    private readonly ClassSurvey _survey;

    /// <summary>Makes a run of a promptable network ready; nothing is learned yet.</summary>
    /// <param name="network">What learns; its weights change. Disposed by the caller, after this object.</param>
    /// <param name="examples">What it learns from.</param>
    /// <param name="codec">Puts marks of compression on crops; null leaves them out.</param>
    /// <param name="recipe">How it learns.</param>
    /// <param name="validation">What it is judged on; null or empty for nothing.</param>
    /// <exception cref="ArgumentException">The recipe has faults, or leaves no example to learn from or to judge on.</exception>
    public TrainingLoop(PromptNetwork network, IReadOnlyList<TrainingExample> examples, IImageCodec? codec, TrainingRecipe recipe, IReadOnlyList<TrainingExample>? validation = null)
        : this(new PromptLearner(Given(network), Given(recipe)), examples, codec, recipe, validation)
    {
    }

    /// <summary>Makes a run of a Mask R-CNN ready; nothing is learned yet.</summary>
    /// <param name="network">What learns; its weights change. Disposed by the caller, after this object.</param>
    /// <param name="examples">What it learns from; their classes are those of the network.</param>
    /// <param name="codec">Puts marks of compression on crops; null leaves them out.</param>
    /// <param name="recipe">How it learns.</param>
    /// <param name="validation">What it is judged on; null or empty for nothing.</param>
    /// <exception cref="ArgumentException">The recipe has faults, or leaves no example to learn from or to judge on.</exception>
    public TrainingLoop(TrainableMaskRcnn network, IReadOnlyList<TrainingExample> examples, IImageCodec? codec, TrainingRecipe recipe, IReadOnlyList<TrainingExample>? validation = null)
        : this(new MaskRcnnLearner(Given(network), Given(recipe)), examples, codec, recipe, validation)
    {
    }

    /// <summary>Makes a run of a network that gives every pixel a class ready; nothing is learned yet.</summary>
    /// <param name="network">What learns; its weights change. Disposed by the caller, after this object.</param>
    /// <param name="examples">What it learns from; their classes are those of the network.</param>
    /// <param name="codec">Puts marks of compression on crops; null leaves them out.</param>
    /// <param name="recipe">How it learns.</param>
    /// <param name="validation">What it is judged on; null or empty for nothing.</param>
    /// <exception cref="ArgumentException">The recipe has faults, or leaves no example to learn from or to judge on.</exception>
    public TrainingLoop(TrainableSemantic network, IReadOnlyList<TrainingExample> examples, IImageCodec? codec, TrainingRecipe recipe, IReadOnlyList<TrainingExample>? validation = null)
        : this(new SemanticLearner(Given(network), Given(recipe), Weights(network, Given(examples), recipe)), examples, codec, recipe, validation)
    {
    }

    /// <summary>Makes a run of an encoder that learns from hidden parts of photos ready; nothing is learned yet.</summary>
    /// <param name="network">What learns; its weights change. Disposed by the caller, after this object.</param>
    /// <param name="examples">What it learns from; masks are of no matter.</param>
    /// <param name="codec">Puts marks of compression on crops; null leaves them out.</param>
    /// <param name="recipe">How it learns.</param>
    /// <exception cref="ArgumentException">The recipe has faults, or leaves no example.</exception>
    public TrainingLoop(TrainableReconstruction network, IReadOnlyList<TrainingExample> examples, IImageCodec? codec, TrainingRecipe recipe)
        : this(new ReconstructionLearner(Given(network), Given(recipe)), examples, codec, recipe, null)
    {
    }

    private TrainingLoop(ILearner learner, IReadOnlyList<TrainingExample> examples, IImageCodec? codec, TrainingRecipe recipe, IReadOnlyList<TrainingExample>? validation)
    {
        ArgumentNullException.ThrowIfNull(examples);
        recipe.Validate();
        (_learner, _recipe) = (learner, recipe);
        _facts = new CheckpointFacts(learner, recipe, examples);
        _validation = validation is { Count: > 0 } ? Validation(learner, validation, recipe) : null;
        _source = new CropSource(examples, set => recipe.SetOf(set)?.Weight ?? 0, recipe.Augmentation, codec, recipe.Seed, recipe.CacheMegabytes * 1_000_000L);
        _survey = new ClassSurvey(learner.ObjectClasses, _source.Count);
        if (recipe.Frozen.Count > 0)
        {
            learner.Weights.Freeze(recipe.Frozen);
        }

        _workers = new BatchWorkers(Enumerable.Range(0, recipe.Workers).Select(i => i == 0 ? learner : learner.Copy()));
        _optimiser = WeightOptimiser.Create(learner.Weights, recipe.Optimiser);
        _average = new WeightAverage(learner.Weights, recipe.Optimiser.AverageDecay);
    }

    /// <summary>Steps done so far.</summary>
    public long StepsDone { get; private set; }

    /// <summary>Whether the run has ended before all steps were done, since judgements brought nothing better for too long.</summary>
    public bool HasStoppedEarly => _validation?.IsExhausted ?? false;

    /// <summary>Goes on where a checkpoint of this network stopped.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="acceptsOtherData">Whether the data may be another than it has learned from.</param>
    /// <exception cref="Graphs.Weights.InvalidWeightsException">The file is damaged, or of another network or optimiser.</exception>
    /// <exception cref="OtherDataException">The data is another than it has learned from, and that is not accepted.</exception>
    public void Resume(string path, bool acceptsOtherData = false)
    {
        var written = Checkpoint.DescriptionOf(path);
        _facts.Check(path, written, acceptsOtherData);
        StepsDone = Checkpoint.Read(path, _learner.Weights, _optimiser, _average);
        _validation?.Resume(written);
        _workers.Spread();
    }

    /// <summary>Writes down everything that <see cref="Resume"/> needs.</summary>
    /// <param name="path">The file; replaced when it exists, never left half written.</param>
    public void Save(string path) => Checkpoint.Write(path, StepsDone, _learner.Weights, _optimiser, _average, _facts.With(_validation));

    /// <summary>Learns until all steps are done.</summary>
    /// <param name="checkpoint">Where checkpoints go, each over the last; null for none.</param>
    /// <param name="progress">Told every few steps; null for nobody.</param>
    /// <param name="cancellationToken">Looked at between steps; a cancelled run writes a checkpoint first.</param>
    /// <exception cref="TrainingFailedException">Loss or gradients are no longer finite; nothing of that step was learned.</exception>
    /// <exception cref="TrainingMemoryException">A step does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(string? checkpoint, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(checkpoint, progress, null, cancellationToken);

    /// <summary>Learns until all steps are done, or until the recipe's patience with judgements that bring nothing is at an end.</summary>
    /// <param name="checkpoint">Where checkpoints go, each over the last, and beside it the best one; null for none.</param>
    /// <param name="progress">Told every few steps; null for nobody.</param>
    /// <param name="judgements">Told of each judgement; null for nobody.</param>
    /// <param name="cancellationToken">Looked at between steps; a cancelled run writes a checkpoint first.</param>
    /// <exception cref="TrainingFailedException">Loss or gradients are no longer finite; nothing of that step was learned.</exception>
    /// <exception cref="TrainingMemoryException">A step does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(string? checkpoint, IProgress<TrainingProgress>? progress, IProgress<ValidationReport>? judgements, CancellationToken cancellationToken)
    {
        try
        {
            Learn(checkpoint, progress, judgements, cancellationToken);
        }
        catch (Exception fault) when (TrainingMemoryException.IsMeantBy(fault))
        {
            throw new TrainingMemoryException(StepsDone, _recipe, fault);
        }
    }

    private void Learn(string? checkpoint, IProgress<TrainingProgress>? progress, IProgress<ValidationReport>? judgements, CancellationToken cancellationToken)
    {
        using var batches = new BatchPrefetch(number => TrainingBatch.Draw(_source, _learner, _recipe, number), StepsDone * _recipe.Accumulate, _recipe.Steps * _recipe.Accumulate, BatchesAhead, _recipe.Loaders);
        var window = new ProgressWindow();
        Judge(checkpoint, judgements, cancellationToken);
        while (StepsDone < _recipe.Steps && !HasStoppedEarly)
        {
            if (cancellationToken.IsCancellationRequested && checkpoint is not null)
            {
                Save(checkpoint);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Step(batches, window);
            StepsDone++;
            if (StepsDone % _recipe.LogEvery == 0 || StepsDone == _recipe.Steps)
            {
                progress?.Report(window.Report(StepsDone, _recipe.Steps, _recipe.SideAt(StepsDone - 1), _recipe.Optimiser.RateAt(StepsDone - 1, _recipe.Steps)) with
                {
                    Notes = _survey.Notes(isEnd: StepsDone == _recipe.Steps),
                });
                window = new ProgressWindow();
            }

            Judge(checkpoint, judgements, cancellationToken);
            if (checkpoint is not null && (StepsDone % _recipe.CheckpointEvery == 0 || StepsDone == _recipe.Steps || HasStoppedEarly))
            {
                Save(checkpoint);
            }
        }
    }

    // A judgement that is broken off is made by the run that goes on: its step was learned already.
    private void Judge(string? checkpoint, IProgress<ValidationReport>? judgements, CancellationToken cancellationToken)
    {
        if (_validation is null || !_validation.IsDue(StepsDone))
        {
            return;
        }

        try
        {
            var report = _validation.Judge(StepsDone, _average, cancellationToken);
            if (report.IsBest && checkpoint is not null)
            {
                Save(Checkpoint.BestBeside(checkpoint));
            }

            judgements?.Report(report);
        }
        catch (OperationCanceledException) when (checkpoint is not null && cancellationToken.IsCancellationRequested)
        {
            Save(checkpoint);
            throw;
        }
    }

    private static ValidationRun Validation(ILearner learner, IReadOnlyList<TrainingExample> examples, TrainingRecipe recipe) => new(
        learner.Validator ?? throw new ArgumentException("This network cannot be judged while it learns: it was made without a segmenter.", nameof(learner)), examples, recipe);

    private void Step(BatchPrefetch batches, ProgressWindow window)
    {
        var (scores, taken) = (new List<BatchScores>(), new List<TrainingBatch>());
        for (var part = 0; part < _recipe.Accumulate; part++)
        {
            var batch = batches.Take();
            _survey.Note(batch);
            taken.Add(batch);
            scores.AddRange(_workers.Backward(batch, 1.0 / _recipe.Accumulate));
            ThrowUnlessFinite(scores.Sum(own => own.Loss), "the loss", batch);
        }

        var norm = _optimiser.ClipGradients();
        ThrowUnlessFinite(norm, "the gradient", [.. taken]);
        _optimiser.Step(_recipe.Optimiser.RateAt(StepsDone, _recipe.Steps), StepsDone);
        _learner.Weights.ForgetGradients();
        _average.Add(StepsDone);
        _workers.Spread();
        window.Note(norm, scores);
    }

    private static T Given<T>(T? argument)
        where T : class => argument ?? throw new ArgumentNullException(typeof(T) == typeof(TrainingRecipe) ? "recipe" : "network");

    private void ThrowUnlessFinite(double value, string what, params IEnumerable<TrainingBatch> batches)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingFailedException(StepsDone, what, [.. batches.SelectMany(batch => batch.Crops).SelectMany(crop => crop.Crop.Sources).Distinct()]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        _average.Dispose();
        _optimiser.Dispose();
    }

    private static float[]? Weights(TrainableSemantic network, IReadOnlyList<TrainingExample> examples, TrainingRecipe recipe) =>
        recipe.Semantic.ClassWeights == ClassWeighting.Even
            ? null
            : ClassFrequencies.MedianWeights([.. examples.Where(example => recipe.SetOf(example.Set)?.Weight > 0)], network.Config.ClassCount, recipe.Semantic.HasBackground);
}
