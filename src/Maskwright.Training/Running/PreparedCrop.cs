using Maskwright.Training.Data;

namespace Maskwright.Training.Running;

/// <summary>A crop with what a learner wants to know of it beforehand.</summary>
/// <param name="Crop">The crop.</param>
internal abstract record PreparedCrop(TrainingCrop Crop);
