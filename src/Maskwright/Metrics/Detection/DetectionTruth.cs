namespace Maskwright.Metrics;

/// <summary>A ground truth to measure detections against.</summary>
/// <param name="Images">Every image that counts, also those without objects.</param>
/// <param name="Categories">Every category.</param>
/// <param name="Objects">The annotated objects, in the data set's order, which decides ties.</param>
public sealed record DetectionTruth(IReadOnlyList<TruthImage> Images, IReadOnlyList<TruthCategory> Categories, IReadOnlyList<TruthObject> Objects);
