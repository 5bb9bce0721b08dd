namespace Maskwright.Graphs.Weights;

/// <summary>The mean of the weights of several trainings of one network.</summary>
/// <remarks>Weights that went on from the same ones lie in one valley, and their mean is often better than any of them (Wortsman et al. 2022, model soups).</remarks>
public static class WeightMean
{
    /// <summary>Takes the mean of every tensor, all files counting alike.</summary>
    /// <param name="files">At least one; not needed afterwards.</param>
    /// <returns>The same names and shapes in 32-bit floats; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no file.</exception>
    /// <exception cref="WeightMismatchException">A file has other tensors than the first; names the file and the tensors.</exception>
    public static WeightFile Of(IReadOnlyList<WeightFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        foreach (var file in files.Skip(1))
        {
            Check(file, files[0]);
        }

        return WeightFile.FromArrays(files[0].Values.Select(tensor => (tensor.Name, tensor.Shape, Mean(files, tensor.Name))), $"the mean of {files.Count} files");
    }

    private static float[] Mean(IReadOnlyList<WeightFile> files, string name)
    {
        var sums = new double[files[0][name].ElementCount];
        foreach (var file in files)
        {
            var values = file[name].ToFloat32();
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += values[i];
            }
        }

        return [.. sums.Select(sum => (float)(sum / files.Count))];
    }

    private static void Check(WeightFile file, WeightFile first)
    {
        string[] missing = [.. first.Keys.Where(name => !file.ContainsKey(name))], unexpected = [.. file.Keys.Where(name => !first.ContainsKey(name))];
        ShapeMismatch[] wrong = [.. first.Values.Where(tensor => file.TryGetValue(tensor.Name, out var other) && !other.Shape.SequenceEqual(tensor.Shape)).Select(tensor => new ShapeMismatch(tensor.Name, tensor.Name, tensor.Shape, file[tensor.Name].Shape))];
        if (missing.Length + unexpected.Length + wrong.Length > 0)
        {
            throw new WeightMismatchException(file.Path, $"the tensors of {first.Path}", missing, unexpected, wrong);
        }
    }
}
