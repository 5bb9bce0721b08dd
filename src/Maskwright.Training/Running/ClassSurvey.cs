namespace Maskwright.Training.Running;

/// <summary>Notes which classes the photos of a run show, to tell of those that none does.</summary>
/// <param name="classNames">The classes of objects, the first for number 1.</param>
/// <param name="photos">How many photos there are to learn from.</param>
internal sealed class ClassSurvey(IReadOnlyList<string> classNames, int photos)
{
    // After so many crops a photo, nearly all photos have been drawn.
    private const int CropsAPhoto = 3;

    private readonly bool[] _seen = new bool[classNames.Count];
    private long _crops;
    private bool _hasTold;

    /// <summary>Takes the photos of a batch in.</summary>
    public void Note(TrainingBatch batch)
    {
        foreach (var crop in batch.Crops)
        {
            _crops++;
            foreach (var number in crop.Crop.Classes.Values.Where(number => number >= 1 && number <= _seen.Length))
            {
                _seen[number - 1] = true;
            }
        }
    }

    /// <summary>What there is to tell, once: when nearly all photos were seen, or at the end.</summary>
    /// <param name="isEnd">Whether the run ends.</param>
    /// <returns>A sentence, or nothing.</returns>
    public IReadOnlyList<string> Notes(bool isEnd)
    {
        if (_hasTold || (!isEnd && _crops < (long)CropsAPhoto * photos))
        {
            return [];
        }

        _hasTold = true;
        string[] unseen = [.. classNames.Where((_, i) => !_seen[i])];
        return unseen.Length == 0 ? [] : [$"no photo of the {_crops} crops so far shows {string.Join(", ", unseen)}: what is never seen is never learned"];
    }
}
