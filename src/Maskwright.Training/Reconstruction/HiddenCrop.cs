using Maskwright.Networks.Seedling;
using Maskwright.Training.Data;
using Maskwright.Training.Running;

namespace Maskwright.Training.Reconstruction;

/// <summary>A crop of which some blocks are hidden.</summary>
/// <param name="Crop">The crop.</param>
/// <param name="Hidden">[S/8,S/8] 1 where a cell is hidden, else 0; at least one block of each kind.</param>
internal sealed record HiddenCrop(TrainingCrop Crop, float[] Hidden) : PreparedCrop(Crop)
{
    /// <summary>Hides as many blocks as the options say, all equally likely.</summary>
    public static HiddenCrop Of(TrainingCrop crop, ReconstructionOptions options, SampleRandom random)
    {
        var across = crop.Side / options.BlockPixels;
        var wanted = Math.Clamp((int)Math.Round(options.HiddenFraction * across * across), 1, (across * across) - 1);
        var isHidden = new bool[across * across];
        for (var (left, block) = (wanted, 0); block < isHidden.Length; block++)
        {
            isHidden[block] = random.Chance((double)left / (isHidden.Length - block));
            left -= isHidden[block] ? 1 : 0;
        }

        var (cells, cellsABlock) = (crop.Side / SeedlingGraphs.ReconstructionStride, options.BlockPixels / SeedlingGraphs.ReconstructionStride);
        var hidden = new float[cells * cells];
        for (var i = 0; i < hidden.Length; i++)
        {
            hidden[i] = isHidden[(i / cells / cellsABlock * across) + (i % cells / cellsABlock)] ? 1 : 0;
        }

        return new HiddenCrop(crop, hidden);
    }
}
