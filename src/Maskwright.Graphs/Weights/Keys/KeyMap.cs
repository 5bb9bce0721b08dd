namespace Maskwright.Graphs.Weights.Keys;

/// <summary>A checkpoint layout: a table of rules from the checkpoint's keys to the network's own parameter names.</summary>
/// <remarks>A key that no rule fits is unexpected. Every reading works on views; only merged parameters take memory of their own.</remarks>
public sealed class KeyMap
{
    /// <summary>Makes a layout from its rules.</summary>
    /// <param name="name">What errors call the layout: "original", "Hugging Face".</param>
    /// <param name="rules">The rules; the first that fits a key decides.</param>
    public KeyMap(string name, IEnumerable<KeyRule> rules)
    {
        Name = name;
        Rules = [.. rules];
    }

    /// <summary>The layout whose keys are the network's names.</summary>
    public static KeyMap Identity { get; } = new("original", [KeyRule.Keep("{*name}")]);

    /// <summary>What errors call the layout.</summary>
    public string Name { get; }

    /// <summary>The rules, in the order they are tried.</summary>
    public IReadOnlyList<KeyRule> Rules { get; }

    /// <summary>The layout that knows the most keys of a checkpoint; the first of equals.</summary>
    /// <param name="maps">The layouts, at least one.</param>
    /// <param name="keys">The checkpoint's keys.</param>
    public static KeyMap Choose(IReadOnlyList<KeyMap> maps, IEnumerable<string> keys)
    {
        var listed = keys.ToList();
        return maps.MaxBy(map => listed.Count(key => map.Find(key) is not null)) ?? throw new ArgumentException("No layout is given.", nameof(maps));
    }

    /// <summary>Finds every parameter of a network in a checkpoint of whichever layout fits best.</summary>
    /// <param name="maps">The layouts, at least one.</param>
    /// <param name="wanted">The network's parameters; none of them may be missing or of another shape.</param>
    /// <param name="file">The checkpoint; the result's tensors live as long as it does.</param>
    /// <param name="scope">Only keys whose parameter starts so are looked at; empty for all. It lets a part of a network be loaded from the whole checkpoint.</param>
    /// <returns>The tensors by the network's names, in the order of <paramref name="wanted"/>.</returns>
    /// <exception cref="WeightMismatchException">Parameters are missing, unexpected or of another shape.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Resolve(
        IReadOnlyList<KeyMap> maps, IReadOnlyCollection<ParameterShape> wanted, WeightFile file, string scope = "")
        => Choose(maps, file.Keys).Resolve(wanted, file, scope);

    /// <summary>Finds every parameter of a network in a checkpoint of this layout.</summary>
    /// <param name="wanted">The network's parameters; none of them may be missing or of another shape.</param>
    /// <param name="file">The checkpoint; the result's tensors live as long as it does.</param>
    /// <param name="scope">Only keys whose parameter starts so are looked at; empty for all.</param>
    /// <returns>The tensors by the network's names, in the order of <paramref name="wanted"/>.</returns>
    /// <exception cref="WeightMismatchException">Parameters are missing, unexpected or of another shape.</exception>
    public IReadOnlyDictionary<string, WeightTensor> Resolve(IReadOnlyCollection<ParameterShape> wanted, WeightFile file, string scope = "")
    {
        var reading = Read(file);
        var found = new OrderedDictionary<string, WeightTensor>(wanted.Count);
        var missing = new List<string>();
        var wrongShapes = new List<ShapeMismatch>();
        foreach (var parameter in wanted)
        {
            if (!reading.Parameters.TryGetValue(parameter.Name, out var entry))
            {
                missing.Add(parameter.Name);
            }
            else if (!entry.Tensor.Shape.SequenceEqual(parameter.Shape))
            {
                wrongShapes.Add(new ShapeMismatch(parameter.Name, entry.Key, parameter.Shape, entry.Tensor.Shape));
            }
            else
            {
                found.Add(parameter.Name, entry.Tensor);
            }
        }

        var unexpected = Unexpected(reading, wanted.Select(parameter => parameter.Name).ToHashSet(), scope);
        return missing.Count + wrongShapes.Count + unexpected.Count == 0
            ? found
            : throw new WeightMismatchException(file.Path, Name, missing, unexpected, wrongShapes);
    }

    /// <summary>The checkpoint's tensors under the network's names, as far as the rules know them; for telling a network's sizes from its weights.</summary>
    /// <param name="file">The checkpoint; the result's tensors live as long as it does.</param>
    public IReadOnlyDictionary<string, WeightTensor> Rename(WeightFile file)
    {
        var renamed = new OrderedDictionary<string, WeightTensor>();
        foreach (var (name, entry) in Read(file).Parameters)
        {
            renamed.Add(name, entry.Tensor);
        }

        return renamed;
    }

    private static List<string> Unexpected(KeyReading reading, HashSet<string> wanted, string scope)
    {
        var surplus = reading.Parameters.Where(pair => !wanted.Contains(pair.Key) && pair.Key.StartsWith(scope, StringComparison.Ordinal));
        var unknown = reading.UnknownKeys.Where(key => scope.Length == 0 || key.StartsWith(scope, StringComparison.Ordinal));
        return [.. surplus.Select(pair => pair.Value.Key), .. unknown];
    }

    private (KeyRule Rule, Dictionary<string, string> Values)? Find(string key)
    {
        foreach (var rule in Rules)
        {
            if (rule.Match(key) is { } values)
            {
                return (rule, values);
            }
        }

        return null;
    }

    private KeyReading Read(WeightFile file)
    {
        var reading = new KeyReading();
        foreach (var (key, tensor) in file)
        {
            switch (Find(key))
            {
                case (KeyRule.RenameRule rule, var values): reading.Add(rule.Parameter.Fill(values), key, tensor, rule.IsAlias); break;
                case (KeyRule.MergeRule rule, var values): reading.AddPart(rule, values, key, tensor); break;
                case null: reading.UnknownKeys.Add(key); break;
                default: break; // ignored
            }
        }

        reading.MergeParts();
        return reading;
    }
}
