using System.Collections.Concurrent;

namespace Maskwright.Formats;

/// <summary>Writes one file a mask, all of them or none.</summary>
internal static class FileEachMask
{
    /// <summary>Writes the files on all cores; when one fails, those that were not there before are removed again.</summary>
    /// <param name="request">The masks and where they go.</param>
    /// <param name="suffix">What follows the stem when there is one mask only.</param>
    /// <param name="write">Writes the file of one mask, by its position and path.</param>
    /// <param name="cancellationToken">Looked at between masks.</param>
    /// <returns>The files in the masks' order.</returns>
    public static IReadOnlyList<string> Write(MaskWriteRequest request, string suffix, Action<int, string> write, CancellationToken cancellationToken)
    {
        request.Validate();
        var paths = Enumerable.Range(0, request.Proposals.Count).Select(i => OutputPlace.PrepareFile(request, request.PathFor(suffix, i))).ToArray();
        var added = new ConcurrentBag<string>();
        try
        {
            OverMasks.ForEach(paths.Length, i => WriteOne(i, paths[i]), cancellationToken);
            RemoveAll(LeftOver(request, suffix));
            return paths;
        }
        catch
        {
            RemoveAll(added);
            throw;
        }

        void WriteOne(int i, string path)
        {
            var isNew = !File.Exists(path);
            write(i, path);
            if (isNew)
            {
                added.Add(path);
            }
        }
    }

    // Of an earlier result with more masks: numbered files behind the last one of this result.
    private static IEnumerable<string> LeftOver(MaskWriteRequest request, string suffix)
    {
        var first = request.Proposals.Count == 1 ? 0 : request.Proposals.Count;
        return request.Overwrite ? Enumerable.Range(first, int.MaxValue - first).Select(i => request.NumberedPathFor(suffix, i)).TakeWhile(File.Exists) : [];
    }

    private static void RemoveAll(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A whole file that cannot be removed does no harm, and an earlier failure is the one to report.
            }
        }
    }
}
