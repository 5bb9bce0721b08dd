using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Maskwright.Formats.Coco;

namespace Maskwright.Formats.Json;

/// <content>Going through lists entry by entry.</content>
internal sealed partial class JsonItemReader
{
    /// <summary>Goes through a list.</summary>
    /// <param name="list">The list's name, for errors.</param>
    /// <param name="read">Turns an entry into what is wanted; a <see cref="FormatException"/> becomes an error with the entry's place.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <param name="isInside">Whether the list's opening bracket was read.</param>
    /// <param name="onFault">Gets an entry's fault, so that the entry is left out when it returns; null throws it.</param>
    public IEnumerable<T> Items<T>(
        string list, Func<CocoItem, T> read, CancellationToken cancellationToken, bool isInside = false, Action<InvalidAnnotationException>? onFault = null)
    {
        if (!isInside && Next(out _) != JsonTokenType.StartArray)
        {
            throw Fault($"'{list}' is not a list");
        }

        for (var index = 0; NextItem() is { } item; index++)
        {
            using (item)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryRead(list, index, item, read, onFault, out var result))
                {
                    yield return result;
                }
            }
        }
    }

    private bool TryRead<T>(
        string list, int index, JsonDocument item, Func<CocoItem, T> read, Action<InvalidAnnotationException>? onFault, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = read(new CocoItem(item.RootElement));
            return true;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // The JSON library reports broken UTF-8 and lone surrogates as an invalid operation, when the text is asked for.
            var fault = FaultOfItem($"entry {index} of '{list}': {(e is FormatException ? e.Message : "a text is not valid Unicode")}", e);
            if (onFault is null)
            {
                throw fault;
            }

            onFault(fault);
            result = default;
            return false;
        }
    }
}
