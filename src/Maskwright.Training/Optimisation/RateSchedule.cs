namespace Maskwright.Training.Optimisation;

/// <summary>How the learning rate falls.</summary>
public enum RateSchedule
{
    /// <summary>Half a cosine (Loshchilov and Hutter 2017).</summary>
    Cosine,

    /// <summary>A power of the share of steps that is left (Chen et al. 2017, DeepLab).</summary>
    Poly,
}
