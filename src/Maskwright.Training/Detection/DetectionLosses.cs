namespace Maskwright.Training.Detection;

/// <summary>The five losses of a Mask R-CNN, scalars.</summary>
/// <param name="Objectness">Cross-entropy of sampled anchors: object or not.</param>
/// <param name="Proposals">How far proposals are from their objects.</param>
/// <param name="Classes">Cross-entropy of sampled regions' classes.</param>
/// <param name="Boxes">How far their boxes are from their objects'.</param>
/// <param name="Masks">Cross-entropy of the masks of regions that show objects.</param>
internal sealed record DetectionLosses(TorchTensor Objectness, TorchTensor Proposals, TorchTensor Classes, TorchTensor Boxes, TorchTensor Masks)
{
    /// <summary>Their sum.</summary>
    public TorchTensor Total() => torch.stack([Objectness, Proposals, Classes, Boxes, Masks]).sum();
}
