using Maskwright.Training.Data;
using Maskwright.Training.Running;

namespace Maskwright.Training.Detection;

/// <summary>A crop with the objects that it shows.</summary>
/// <param name="Crop">The crop.</param>
/// <param name="Objects">Those of which enough is seen; there may be none.</param>
internal sealed record DetectionCrop(TrainingCrop Crop, IReadOnlyList<TrueObject> Objects) : PreparedCrop(Crop);
