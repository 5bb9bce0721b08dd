using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Maskwright.Training.Recipes;

/// <summary>Recipes as YAML files.</summary>
public static class RecipeFile
{
    private static readonly IDeserializer s_reader = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeMapping<IReadOnlyList<string>, List<string>>()
        .WithTypeMapping<IReadOnlyList<double>, List<double>>()
        .WithTypeMapping<IReadOnlyList<CropStage>, List<CropStage>>()
        .WithTypeMapping<IReadOnlyDictionary<string, SetRecipe>, Dictionary<string, SetRecipe>>()
        .WithTypeMapping<IReadOnlyDictionary<string, double>, OrderedDictionary<string, double>>()
        .WithTypeMapping<IReadOnlyDictionary<string, object>, Dictionary<string, object>>()
        .Build();

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="changes">Settings that replace those of the file, as <c>key=value</c> with dots between levels, such as <c>optimiser.learningRate=0.001</c>.</param>
    /// <returns>A recipe whose values were checked.</returns>
    /// <exception cref="InvalidRecipeException">The file is no YAML, a key or value is unknown or out of range.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TrainingRecipe Read(string path, IReadOnlyList<string>? changes = null) => Parse(File.ReadAllText(path), path, changes);

    /// <summary>Reads a recipe from text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="name">How errors call it.</param>
    /// <param name="changes">As in <see cref="Read"/>.</param>
    /// <inheritdoc cref="Read" path="/returns"/>
    /// <exception cref="InvalidRecipeException">The text is no YAML, a key or value is unknown or out of range.</exception>
    public static TrainingRecipe Parse(string yaml, string name, IReadOnlyList<string>? changes = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        try
        {
            var changed = Write(Changed(yaml, name, changes ?? []));
            var recipe = s_reader.Deserialize<TrainingRecipe?>(changed) ?? new TrainingRecipe();
            recipe.Validate();
            return recipe;
        }
        catch (YamlException fault)
        {
            throw new InvalidRecipeException(name, fault.InnerException?.Message ?? fault.Message, fault);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidRecipeException(name, fault.Message, fault);
        }
    }

    /// <summary>Writes a recipe with all its values, for the record of a run.</summary>
    /// <param name="recipe">The recipe.</param>
    public static string ToYaml(TrainingRecipe recipe) =>
        new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Serialize(recipe);

    private static YamlMappingNode Changed(string yaml, string name, IReadOnlyList<string> changes)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = stream.Documents.Count == 0 ? [] : stream.Documents[0].RootNode as YamlMappingNode ?? throw new InvalidRecipeException(name, "should be a list of settings, key: value");
        foreach (var change in changes)
        {
            var cut = change.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0)
            {
                throw new InvalidRecipeException(name, $"'{change}' is no change; write key=value, such as steps=1000");
            }

            Set(root, change[..cut].Split('.'), Value(change[(cut + 1)..]), name);
        }

        return root;
    }

    // A value may itself be YAML, such as a list.
    private static YamlNode Value(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 0 ? new YamlScalarNode(string.Empty) : stream.Documents[0].RootNode;
    }

    private static void Set(YamlMappingNode root, string[] keys, YamlNode value, string name)
    {
        var at = root;
        foreach (var key in keys[..^1])
        {
            if (!at.Children.TryGetValue(key, out var next))
            {
                at.Add(key, next = new YamlMappingNode());
            }

            at = next as YamlMappingNode ?? throw new InvalidRecipeException(name, $"{key} is a value, not a group of settings");
        }

        at.Children[new YamlScalarNode(keys[^1])] = value;
    }

    private static string Write(YamlMappingNode root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        return text.ToString();
    }
}
