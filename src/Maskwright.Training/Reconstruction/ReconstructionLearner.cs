using Maskwright.Networks.Seedling;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Reconstruction;

/// <summary>Teaches an encoder by hiding parts of photos.</summary>
internal sealed class ReconstructionLearner(TrainableReconstruction network, TrainingRecipe recipe) : ILearner
{
    private const int Stride = SeedlingGraphs.ReconstructionStride;
    private const double Smallest = 1e-3;

    /// <inheritdoc/>
    public TorchWeights Weights => network.Weights;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Description { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public PreparedCrop Prepare(TrainingCrop crop, SampleRandom random) => HiddenCrop.Of(crop, recipe.Reconstruction, random);

    /// <inheritdoc/>
    public ILearner Copy() => new ReconstructionLearner(network.Copy(), recipe);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    /// <inheritdoc/>
    public BatchScores Backward(TrainingBatch part, int firstSlot, double share)
    {
        torch.set_num_threads(1);
        using var scope = torch.NewDisposeScope();
        var images = PromptTensors.Of(part.Images(), part.Crops.Count, 3, part.Side, part.Side).On(Weights.Device);
        var hidden = PromptTensors.OfMaps([.. part.Crops.Cast<HiddenCrop>().Select(crop => crop.Hidden)]).On(Weights.Device); // [B,1,S/8,S/8]
        var seen = torch.nn.functional.interpolate(TorchNumber.Complement(hidden), [part.Side, part.Side], mode: torch.InterpolationMode.Nearest);
        var loss = Error(network.Reconstruct(images.mul(seen)), Blocks(images), hidden);
        loss.mul(TorchNumber.Of(share)).backward();
        return new BatchScores(loss.ToDouble(), [("hidden_error", Mean.Of(loss.ToDouble()))]);
    }

    /// <summary>The mean squared error of hidden blocks, each block's pixels having mean zero and unit deviation; 1 is what knowing nothing gives.</summary>
    /// <param name="told">[B,192,h,w].</param>
    /// <param name="blocks">[B,192,h,w].</param>
    /// <param name="hidden">[B,1,h,w].</param>
    internal static TorchTensor Error(TorchTensor told, TorchTensor blocks, TorchTensor hidden)
    {
        var centred = blocks.sub(blocks.mean([1], keepdim: true));
        var deviation = centred.mul(centred).mean([1], keepdim: true).add(TorchNumber.Of(Smallest), TorchNumber.One).sqrt();
        var error = told.sub(centred.div(deviation));
        return error.mul(error).mean([1], keepdim: true).mul(hidden).sum().div(hidden.sum());
    }

    // [B,3,S,S] -> [B,3*8*8,S/8,S/8]
    private static TorchTensor Blocks(TorchTensor images)
    {
        var (batch, cells) = (images.shape[0], images.shape[2] / Stride);
        return images.view(batch, 3, cells, Stride, cells, Stride).permute(0, 1, 3, 5, 2, 4).reshape(batch, 3 * Stride * Stride, cells, cells);
    }
}
