using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Maskwright.Graphs.Weights;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Running;

/// <summary>What a checkpoint says of the run that wrote it, beside its network: recipe, data, code, and how good it was.</summary>
internal sealed class CheckpointFacts
{
    private const string RecipeKey = "recipe";
    private const string NetworkKey = "network";
    private const string OptimiserKey = "optimiser";
    private const string DataKey = "data";
    private const string CountKey = "data_photos";
    private const string CodeKey = "code";

    private readonly TrainingRecipe _recipe;
    private readonly Dictionary<string, string> _facts;
    private readonly ILearner _learner;

    public CheckpointFacts(ILearner learner, TrainingRecipe recipe, IReadOnlyList<TrainingExample> examples)
    {
        (_learner, _recipe) = (learner, recipe);
        _facts = new Dictionary<string, string>
        {
            [RecipeKey] = RecipeFile.ToYaml(recipe),
            [NetworkKey] = recipe.Network,
            [OptimiserKey] = recipe.Optimiser.Kind.ToString(),
            [DataKey] = DataFingerprint.Of(examples),
            [CountKey] = examples.Count.ToString(CultureInfo.InvariantCulture),
            [CodeKey] = typeof(CheckpointFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        };
    }

    /// <summary>All entries, those of the network and of the judgements included.</summary>
    public Dictionary<string, string> With(ValidationRun? validation)
    {
        var all = new Dictionary<string, string>(_facts);
        foreach (var (key, value) in _learner.Description.Concat(validation?.State ?? new Dictionary<string, string>()))
        {
            all[key] = value;
        }

        return all;
    }

    /// <summary>Refuses a checkpoint that this run cannot go on from. Checkpoints that say nothing of themselves are told by their tensors alone.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="written">What it says.</param>
    /// <param name="acceptsOtherData">Whether the data may have changed.</param>
    /// <exception cref="InvalidWeightsException">It is of another network, or another optimiser.</exception>
    /// <exception cref="OtherDataException">It learned from other data.</exception>
    public void Check(string path, IReadOnlyDictionary<string, string> written, bool acceptsOtherData)
    {
        if (written.TryGetValue(NetworkKey, out var network) && network != _recipe.Network)
        {
            throw new InvalidWeightsException(path, $"is a run of the network {network}, but the recipe names {_recipe.Network}; begin a new run");
        }

        if (Differences(written) is { Count: > 0 } differences)
        {
            throw new InvalidWeightsException(path, $"is a run of {_recipe.Network} with other sizes than the recipe's: {string.Join(", ", differences)}; begin a new run, with startFrom where layers should be kept");
        }

        if (written.TryGetValue(OptimiserKey, out var optimiser) && optimiser != _facts[OptimiserKey])
        {
            throw new InvalidWeightsException(path, $"was learned with the optimiser {optimiser}, whose memory {_facts[OptimiserKey]} cannot use; export its weights and name them with startFrom in a new run");
        }

        if (!acceptsOtherData && written.TryGetValue(DataKey, out var data) && data != _facts[DataKey])
        {
            throw new OtherDataException(path, $"{written.GetValueOrDefault(CountKey)} photos, fingerprint {data}", $"{_facts[CountKey]} photos, fingerprint {_facts[DataKey]}");
        }
    }

    // The sizes by name, as the network's own entry has them.
    private List<string> Differences(IReadOnlyDictionary<string, string> written) =>
    [
        .. _learner.Description.Where(own => written.ContainsKey(own.Key)).SelectMany(own => Differences(JsonNode.Parse(written[own.Key]), JsonNode.Parse(own.Value))),
    ];

    private static IEnumerable<string> Differences(JsonNode? written, JsonNode? own) => written is JsonObject there && own is JsonObject here
        ? here.Where(pair => !JsonNode.DeepEquals(pair.Value, there[pair.Key])).Select(pair => $"{pair.Key} {there[pair.Key]?.ToJsonString() ?? "none"} there, {pair.Value?.ToJsonString() ?? "none"} here")
        : [];
}
