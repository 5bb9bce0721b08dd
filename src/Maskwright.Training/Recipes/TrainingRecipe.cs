using Maskwright.Networks.Semantic;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Reconstruction;
using Maskwright.Training.Semantic;
using Maskwright.Training.Torch;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Recipes;

/// <summary>Everything that decides how a training run goes, but for the data's place and the number of the machine's cores.</summary>
public sealed record TrainingRecipe
{
    /// <summary>Draws the first weights, crops and clicks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The network, by name.</summary>
    public string Network { get; init; } = "seedling";

    /// <summary>Weights to start from instead of random ones: a file, or a model's name; null or empty for random ones.</summary>
    public string? StartFrom { get; init => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>Names of tensors that keep their numbers; <c>*</c> stands for any letters.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>Steps of the whole run.</summary>
    public long Steps { get; init; } = 4000;

    /// <summary>B, crops a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Batches whose gradients are added up to one step: a larger batch than memory holds at once.</summary>
    /// <remarks>As if the batch were so many times larger, but for batch normalisation, which sees one at a time.</remarks>
    public int Accumulate { get; init; } = 1;

    /// <summary>The crop's side from a part of the run on; the first begins at 0.</summary>
    public IReadOnlyList<CropStage> Crops { get; init; } = [new CropStage()];

    /// <summary>In which numbers products are computed.</summary>
    public TorchPrecision Precision { get; init; }

    /// <summary>Where it learns: <c>cpu</c>, or <c>cuda</c> with an optional number as in <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Parts of a batch that are computed side by side, one thread each; each normalises over its own crops.</summary>
    /// <remarks>One thread a part is faster than several threads a layer: small layers are not worth waiting for one another.</remarks>
    public int Workers { get; init; } = 1;

    /// <summary>Threads that draw and prepare coming batches, each a batch of its own. More than one pays where the network is faster than the data, as on a GPU.</summary>
    public int Loaders { get; init; } = 1;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Steps between lines of the log.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>Memory for decoded photos, in megabytes.</summary>
    public int CacheMegabytes { get; init; } = 4000;

    /// <summary>The table of images in the data folder; null where the data is a dataset of another format.</summary>
    public string? Table { get; init; }

    /// <summary>How the sets of the data are used, by name; sets that are not named are used with the settings of <c>other</c>, if there are such, else left out.</summary>
    public IReadOnlyDictionary<string, SetRecipe> Sets { get; init; } = new Dictionary<string, SetRecipe> { ["other"] = new() };

    /// <summary>How weights follow gradients.</summary>
    public OptimiserOptions Optimiser { get; init; } = new();

    /// <summary>How the parts of the loss are weighed.</summary>
    public LossOptions Losses { get; init; } = new();

    /// <summary>How prompts are simulated.</summary>
    public InteractionOptions Interaction { get; init; } = new();

    /// <summary>What is hidden of photos from which a network learns without masks.</summary>
    public ReconstructionOptions Reconstruction { get; init; } = new();

    /// <summary>From which other model a promptable network learns.</summary>
    public DistillationOptions Distillation { get; init; } = new();

    /// <summary>Which boxes a Mask R-CNN is asked about.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>What only networks that give every pixel a class need to know.</summary>
    public SemanticTrainingOptions Semantic { get; init; } = new();

    /// <summary>The names of the classes that a network tells apart, background left out; empty for those of the data, where it names them.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>How crops are varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>How the network is judged while it learns.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>The settings of a set; null when it is left out.</summary>
    /// <param name="name">Its name in the data.</param>
    public SetRecipe? SetOf(string name) => Sets.TryGetValue(name, out var own) || Sets.TryGetValue("other", out own) ? own : null;

    /// <summary>The rules by which label maps of a set become objects; for a network that gives every pixel a class, all pixels of one class are one.</summary>
    /// <param name="set">Its name in the data.</param>
    /// <param name="kind">What the numbers mean.</param>
    public LabelRules RulesOf(string set, LabelKind kind)
    {
        var rules = (SetOf(set) ?? new SetRecipe()).RulesFor(kind);
        return SemanticNetworks.Find(Network) is null ? rules : rules with { IsWholeClasses = true, MinAreaPixels = 1, HasBackground = Semantic.HasBackground };
    }

    /// <summary>The crop's side at a step.</summary>
    /// <param name="step">0 for the first.</param>
    public int SideAt(long step) => StageAt(step).Side;

    /// <summary>How large photos are shown at a step, as factors on the nominal scale.</summary>
    /// <param name="step">0 for the first.</param>
    internal ScaleRange ScalesAt(long step) => ScalesOf(StageAt(step));

    private CropStage StageAt(long step) => Crops.Last(stage => stage.From * Steps <= step);

    private ScaleRange ScalesOf(CropStage stage) => new(stage.MinScale ?? Augmentation.MinScale, stage.MaxScale ?? Augmentation.MaxScale);

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such of its part.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Add(Steps < 1, $"steps {Steps} is under 1");
        Add(BatchSize < 1, $"batchSize {BatchSize} is under 1");
        Add(Accumulate < 1, $"accumulate {Accumulate} is under 1");
        Add(CheckpointEvery < 1 || LogEvery < 1, "checkpointEvery and logEvery are at least 1");
        Add(CacheMegabytes < 0, $"cacheMegabytes {CacheMegabytes} is negative");
        Add(Workers < 1 || Workers > BatchSize, $"workers {Workers} is not from 1 to batchSize {BatchSize}");
        Add(Loaders < 1, $"loaders {Loaders} is under 1");
        Add(Loaders > 1 && Distillation.Model is not null, "loaders is 1 where distillation names a model: it answers one at a time");
        Add(Crops.Count == 0 || Crops[0].From != 0 || !Crops.Select(c => c.From).SequenceEqual(Crops.Select(c => c.From).Order()), "crops begin at 0 and follow one another");
        Add(Crops.Any(c => c.Side < 64 || c.Side % 32 != 0), "the sides of crops are multiples of 32, at least 64");
        foreach (var stage in Crops.Where(stage => (stage.MinScale ?? stage.MaxScale) is not null))
        {
            Add(!ScalesOf(stage).IsValid, FormattableString.Invariant($"the crops from {stage.From} on: scales from {ScalesOf(stage).Least} to {ScalesOf(stage).Greatest} are no range between 0 and 16"));
        }

        Add(!Sets.Values.Any(set => set.Weight > 0) || Sets.Values.Any(set => !(set.Weight >= 0)), "weights of sets are not negative, and one is positive");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        Optimiser.Validate();
        Interaction.Validate();
        Distillation.Validate();
        Reconstruction.Validate();
        Semantic.Validate();
        Detection.Validate();
        Augmentation.Validate();
        Validation.Validate();

        void Add(bool isWrong, string fault) => faults.AddRange(isWrong ? [fault] : []);
    }
}
