using Maskwright.Graphs.Weights;
using Maskwright.Training.Data;

namespace Maskwright.Training.Validation;

/// <summary>Judges weights of a network on whole images. What learns is not touched.</summary>
internal interface IValidator
{
    /// <summary>What is measured; the first decides unless the recipe says otherwise.</summary>
    IReadOnlyList<ValidationMeasure> Measures { get; }

    /// <summary>Judges.</summary>
    /// <param name="weights">A tensor for every parameter; alive until the call ends.</param>
    /// <param name="examples">The images, at least one.</param>
    /// <param name="cancellationToken">Looked at between images.</param>
    ValidationOutcome Judge(WeightFile weights, IReadOnlyList<TrainingExample> examples, CancellationToken cancellationToken);
}
