namespace Maskwright.Graphs.Weights.Keys;

/// <summary>A checkpoint read through a <see cref="KeyMap"/>: parameters by the network's names, and the keys that found no place.</summary>
internal sealed class KeyReading
{
    private readonly Dictionary<string, (string Key, WeightTensor Tensor)> aliases = [];
    private readonly OrderedDictionary<string, (KeyRule.MergeRule Rule, Dictionary<string, WeightTensor> Parts)> merges = [];

    public OrderedDictionary<string, (string Key, WeightTensor Tensor)> Parameters { get; } = [];

    public List<string> UnknownKeys { get; } = [];

    public void Add(string parameter, string key, WeightTensor tensor, bool isAlias)
    {
        var entry = (key, tensor.Renamed(parameter));
        if (isAlias)
        {
            aliases.TryAdd(parameter, entry);
        }
        else if (!Parameters.TryAdd(parameter, entry))
        {
            UnknownKeys.Add(key);
        }
    }

    public void AddPart(KeyRule.MergeRule rule, Dictionary<string, string> values, string key, WeightTensor tensor)
    {
        var parameter = rule.Parameter.Fill(values);
        if (!merges.TryGetValue(parameter, out var merge))
        {
            merges.Add(parameter, merge = (rule, []));
        }

        if (!merge.Parts.TryAdd(values[rule.Place], tensor))
        {
            UnknownKeys.Add(key);
        }
    }

    /// <summary>Joins the parts that are complete, and lets aliases stand in for what is still missing.</summary>
    public void MergeParts()
    {
        foreach (var (parameter, (rule, parts)) in merges)
        {
            if (rule.Parts.All(parts.ContainsKey) && CanJoin([.. parts.Values]))
            {
                var joined = WeightTensor.Concatenated(parameter, [.. rule.Parts.Select(part => parts[part])]);
                Add(parameter, string.Join(" + ", parts.Values.Select(part => part.Name)), joined, isAlias: false);
            }
            else
            {
                UnknownKeys.AddRange(parts.Values.Select(part => part.Name));
            }
        }

        foreach (var (parameter, entry) in aliases)
        {
            Parameters.TryAdd(parameter, entry);
        }
    }

    private static bool CanJoin(List<WeightTensor> parts) => parts.TrueForAll(part
        => part.Shape.Count > 0 && part.Type == parts[0].Type && part.Shape.Skip(1).SequenceEqual(parts[0].Shape.Skip(1)));
}
