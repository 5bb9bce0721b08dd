using Maskwright.Masks;

namespace Maskwright.Datasets.Checking;

/// <summary>What one part of a data set holds.</summary>
public sealed class PartTally
{
    private readonly Dictionary<string, int> _objects = [];

    internal PartTally(string name) => Name = name;

    /// <summary>The part's name; empty when there is only one.</summary>
    public string Name { get; }

    /// <summary>The number of images.</summary>
    public int Images { get; private set; }

    /// <summary>The number of objects.</summary>
    public int Objects { get; private set; }

    /// <summary>Objects whose masks have fewer than 32², fewer than 96², and more pixels, as COCO counts small, medium and large.</summary>
    public (int Small, int Medium, int Large) Sizes { get; private set; }

    /// <summary>The number of objects of every class, also of those without.</summary>
    public IReadOnlyDictionary<string, int> ObjectsByCategory => _objects;

    internal void Know(IReadOnlyList<DatasetCategory> categories)
    {
        foreach (var category in categories)
        {
            _objects.TryAdd(category.Name, 0);
        }
    }

    internal void Count(AnnotatedImage image, RunLengthMask?[] masks)
    {
        Images++;
        Objects += image.Objects.Count;
        foreach (var item in image.Objects)
        {
            _objects[item.Category.Name] = _objects.GetValueOrDefault(item.Category.Name) + 1;
        }

        foreach (var mask in masks.OfType<RunLengthMask>())
        {
            Sizes = mask.Area switch
            {
                < 32 * 32 => Sizes with { Small = Sizes.Small + 1 },
                < 96 * 96 => Sizes with { Medium = Sizes.Medium + 1 },
                _ => Sizes with { Large = Sizes.Large + 1 },
            };
        }
    }
}
