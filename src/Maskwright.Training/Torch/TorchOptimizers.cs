using TorchSharp.Modules;

namespace Maskwright.Training.Torch;

/// <summary>Torch's optimizers over groups of parameters. The caller disposes them.</summary>
public static class TorchOptimizers
{
    /// <summary>Adam with decoupled weight decay.</summary>
    /// <param name="groups">From <see cref="ParameterGroup.Of"/>.</param>
    /// <param name="learningRate">Of the whole network.</param>
    /// <param name="beta1">The memory of the mean gradient.</param>
    /// <param name="beta2">The memory of the mean squared gradient.</param>
    /// <param name="epsilon">Added to the root of the mean squared gradient.</param>
    /// <remarks>Loshchilov and Hutter 2019.</remarks>
    public static torch.optim.Optimizer AdamW(
        IReadOnlyList<ParameterGroup> groups, double learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return torch.optim.AdamW(
            groups.Select(group => new AdamW.ParamGroup(group.Parameters, learningRate * group.RateFactor, beta1, beta2, epsilon, group.WeightDecay)), learningRate);
    }

    /// <summary>Stochastic gradient descent with momentum; weight decay is added to the gradient.</summary>
    /// <param name="groups">From <see cref="ParameterGroup.Of"/>.</param>
    /// <param name="learningRate">Of the whole network.</param>
    /// <param name="momentum">The memory of earlier steps.</param>
    /// <param name="isNesterov">Whether the gradient counts as if the step were taken already (Nesterov 1983).</param>
    public static torch.optim.Optimizer Sgd(IReadOnlyList<ParameterGroup> groups, double learningRate, double momentum = 0.9, bool isNesterov = false)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return torch.optim.SGD(
            groups.Select(group => new SGD.ParamGroup(group.Parameters, learningRate * group.RateFactor, momentum, weight_decay: group.WeightDecay, nesterov: isNesterov)), learningRate);
    }

    /// <summary>Sets the learning rate of all groups, each in its proportion.</summary>
    /// <param name="optimizer">Made here from the same groups.</param>
    /// <param name="groups">The groups, in the order in which the optimizer was given them.</param>
    /// <param name="learningRate">Of the whole network.</param>
    public static void SetLearningRate(torch.optim.Optimizer optimizer, IReadOnlyList<ParameterGroup> groups, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var (group, own) in groups.Zip(optimizer.ParamGroups))
        {
            own.LearningRate = learningRate * group.RateFactor;
        }
    }
}
