namespace Maskwright.Metrics;

/// <summary>The distance between neighbouring pixels or voxels, in any unit of length; results come in the same unit.</summary>
/// <param name="X">Between columns, above 0.</param>
/// <param name="Y">Between rows, above 0.</param>
/// <param name="Z">Between slices, above 0; without effect in 2D.</param>
public readonly record struct VoxelSpacing(double X, double Y, double Z = 1)
{
    /// <summary>Distances in pixels.</summary>
    public static VoxelSpacing Unit { get; } = new(1, 1, 1);

    internal void Validate()
    {
        if (!(X > 0 && Y > 0 && Z > 0 && double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z)))
        {
            throw new ArgumentException($"A spacing must be finite and above 0; it is ({X}, {Y}, {Z}).");
        }
    }
}
