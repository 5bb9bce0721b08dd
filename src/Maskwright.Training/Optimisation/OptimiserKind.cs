namespace Maskwright.Training.Optimisation;

/// <summary>How weights follow gradients.</summary>
public enum OptimiserKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW,

    /// <summary>Gradient descent with momentum, whose weight decay is part of the gradient.</summary>
    Sgd,
}
