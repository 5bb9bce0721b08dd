using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Probabilities and labels of all pixels of a batch that are not void, a row a class.</summary>
/// <param name="Probabilities">[K,N].</param>
/// <param name="Target">[K,N], 1 where the class is right.</param>
/// <param name="Occurring">The classes with a pixel.</param>
internal sealed record ClassShares(TorchTensor Probabilities, TorchTensor Target, TorchTensor Occurring)
{
    /// <summary>Reads logits and labels; tensors belong to the present scope.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="voidLabel">The label of pixels that count nothing.</param>
    public static ClassShares Of(TorchTensor logits, TorchTensor labels, long voidLabel)
    {
        var flat = labels.flatten();
        var asked = flat.ne(TorchNumber.OfLabel(voidLabel)).nonzero().flatten(); // [N]
        var probabilities = logits.softmax(1).flatten(2).transpose(0, 1).flatten(1).index_select(1, asked); // [B,K,...] -> [K,N]
        var classes = TorchNumber.Counted(probabilities.shape[0], flat.device).unsqueeze(1);
        var target = flat.index_select(0, asked).unsqueeze(0).eq(classes).to_type(probabilities.dtype); // [K,N]
        return new ClassShares(probabilities, target, target.sum(1).gt(TorchNumber.Of(0)).nonzero().flatten());
    }
}
