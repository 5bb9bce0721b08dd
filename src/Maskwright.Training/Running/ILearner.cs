using Maskwright.Training.Data;
using Maskwright.Training.Torch;
using Maskwright.Training.Validation;

namespace Maskwright.Training.Running;

/// <summary>What the loop teaches: turns crops into a loss, and the loss into gradients of its weights. Not safe for use by several threads.</summary>
/// <remarks>Disposing it frees the network that it learns with; the loop does so with copies only.</remarks>
internal interface ILearner : IDisposable
{
    /// <summary>The learned tensors.</summary>
    TorchWeights Weights { get; }

    /// <summary>What a checkpoint's header says of the network, so that it can be loaded from the file alone; empty for nothing.</summary>
    IReadOnlyDictionary<string, string> Description { get; }

    /// <summary>Pixels on each side that the network must see beyond a crop.</summary>
    /// <param name="side">The crop's side.</param>
    int MarginOf(int side) => 0;

    /// <summary>Does what can be done before it is a crop's turn; called from another thread.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="random">Random numbers of this crop.</param>
    PreparedCrop Prepare(TrainingCrop crop, SampleRandom random);

    /// <summary>Answers, judges, and adds gradients to the weights.</summary>
    /// <param name="part">The crops of this part.</param>
    /// <param name="firstSlot">The place of the first crop in the whole batch.</param>
    /// <param name="share">The part's share in the batch.</param>
    /// <returns>Numbers for the log; the gradients are wrong when the loss is not finite.</returns>
    BatchScores Backward(TrainingBatch part, int firstSlot, double share);

    /// <summary>The names of the classes that objects are of, the first for number 1; empty where classes are of no matter.</summary>
    IReadOnlyList<string> ObjectClasses => [];

    /// <summary>Judges weights of this network on whole images; null where it cannot.</summary>
    IValidator? Validator => null;

    /// <summary>A learner with the same weights of its own; the caller disposes it.</summary>
    ILearner Copy();
}
