using System.Collections;

namespace Maskwright.Datasets;

/// <summary>Named values in a fixed order; never changed after they are made.</summary>
public sealed class DatasetAttributes : IReadOnlyList<KeyValuePair<string, AttributeValue>>, IEquatable<DatasetAttributes>
{
    private readonly KeyValuePair<string, AttributeValue>[] _entries;

    /// <summary>Takes named values.</summary>
    /// <param name="entries">The values, no name twice.</param>
    /// <exception cref="ArgumentException">A name stands there twice.</exception>
    public DatasetAttributes(IEnumerable<KeyValuePair<string, AttributeValue>> entries)
    {
        _entries = [.. entries];
        if (_entries.Length > 1)
        {
            CheckNames();
        }
    }

    /// <summary>No attributes.</summary>
    public static DatasetAttributes Empty { get; } = new([]);

    /// <summary>The number of attributes.</summary>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, AttributeValue> this[int index] => _entries[index];

    /// <summary>The value of that name; null when there is none.</summary>
    /// <param name="name">The name, upper and lower case told apart.</param>
    public AttributeValue? this[string name] => Array.Find(_entries, entry => entry.Key == name).Value;

    /// <summary>The same attributes and one more; one of the same name is replaced where it stands.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public DatasetAttributes With(string name, AttributeValue value)
    {
        var entry = KeyValuePair.Create(name, value);
        return this[name] is null
            ? new([.. _entries, entry])
            : new(_entries.Select(old => old.Key == name ? entry : old));
    }

    /// <summary>The same attributes but for those of some names.</summary>
    /// <param name="names">The names to leave out.</param>
    public DatasetAttributes Without(params ReadOnlySpan<string> names)
    {
        var kept = new List<KeyValuePair<string, AttributeValue>>(_entries.Length);
        foreach (var entry in _entries)
        {
            if (!names.Contains(entry.Key))
            {
                kept.Add(entry);
            }
        }

        return kept.Count == _entries.Length ? this : new(kept);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <summary>Whether both hold the same names and values in the same order.</summary>
    /// <param name="other">The attributes to compare with.</param>
    public bool Equals(DatasetAttributes? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DatasetAttributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Count > 0 ? _entries[0] : default);

    private void CheckNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in _entries)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"The attribute '{name}' stands there twice.");
            }
        }
    }
}
