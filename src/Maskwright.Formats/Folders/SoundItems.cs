using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Folders;

/// <summary>Goes through items of which some may be damaged.</summary>
internal static class SoundItems
{
    /// <summary>Reads one item after the other; faults end the reading or are told, as the options say.</summary>
    /// <param name="items">The items.</param>
    /// <param name="read">Reads one; null leaves it out.</param>
    /// <param name="options">What happens with faults.</param>
    /// <param name="cancellationToken">Looked at between items.</param>
    public static IEnumerable<T> Read<TItem, T>(IEnumerable<TItem> items, Func<TItem, T?> read, DatasetReadOptions options, CancellationToken cancellationToken = default)
        where T : class
    {
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadOne(item, read, options) is { } result)
            {
                yield return result;
            }
        }
    }

    private static T? ReadOne<TItem, T>(TItem item, Func<TItem, T?> read, DatasetReadOptions options)
        where T : class
    {
        try
        {
            return read(item);
        }
        catch (InvalidAnnotationException e)
        {
            options.Handle(e);
            return null;
        }
        catch (Exception e) when (e is InvalidImageException or UnsupportedFormatException && options.KeepsGoing)
        {
            options.Handle(Located(e));
            return null;
        }
    }

    private static InvalidAnnotationException Located(Exception e) => e switch
    {
        InvalidImageException fault => new InvalidAnnotationException(fault.Path, null, fault.Reason, fault),
        UnsupportedFormatException fault => new InvalidAnnotationException(fault.Path, null, fault.Reason, fault),
        _ => throw new ArgumentException("Not a fault of a file.", nameof(e)),
    };
}
