using System.Runtime.InteropServices;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Teaches the encoder that cells of one object are alike and cells of different objects are not.</summary>
/// <remarks>
/// Cross-entropy of the mean cosine of random pairs of cells, pairs of both kinds counting alike; after De Brabandere et al. 2017 and Fathi et al. 2017, who
/// learn embeddings of pixels by pairs. Every crop gives thousands of pairs, where its prompts give a handful of masks.
/// </remarks>
internal static class AffinityLoss
{
    private const int CellsPerCrop = 160;
    private const double Sharpness = 6;
    private const double Offset = -2;

    /// <summary>The mean over levels.</summary>
    /// <param name="features">The encoder's outputs.</param>
    /// <param name="layouts">Where the vectors lie; at least one.</param>
    /// <param name="crops">B crops.</param>
    /// <param name="random">Draws the cells.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Of(
        IReadOnlyDictionary<string, TorchTensor> features, IReadOnlyList<KeyLayout> layouts, IReadOnlyList<TrainingCrop> crops, SampleRandom random) =>
        torch.stack([.. layouts.Select(layout => OfLevel(features[layout.Output], layout, crops, random))]).mean();

    private static TorchTensor OfLevel(TorchTensor feature, KeyLayout layout, IReadOnlyList<TrainingCrop> crops, SampleRandom random)
    {
        var pairs = crops.Select(crop => CellPairs.Draw(crop, layout.Stride, CellsPerCrop, random)).ToList();
        var (batch, width) = (crops.Count, layout.Heads * layout.HeadWidth);
        var keys = feature.narrow(1, layout.FirstChannel, width).flatten(2); // [B,n*d,h*w]
        var drawn = keys.gather(2, Cells(pairs).On(feature.device).unsqueeze(1).expand(batch, width, CellsPerCrop)); // [B,n*d,K]
        var cosine = torch.matmul(drawn.transpose(1, 2), drawn).div(TorchNumber.Of(layout.Heads)); // [B,K,K]: vectors have length 1 a head
        var logits = cosine.mul(TorchNumber.Of(Sharpness)).add(TorchNumber.Of(Offset), TorchNumber.One);
        var (same, known) = (Maps(pairs, p => p.Same).On(feature.device), Maps(pairs, p => p.Known).On(feature.device));
        var loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, same, reduction: torch.nn.Reduction.None);
        var alike = same.mul(known);
        return Mean(loss, alike).add(Mean(loss, known.sub(alike)), TorchNumber.One).mul(TorchNumber.Of(0.5));
    }

    private static TorchTensor Mean(TorchTensor loss, TorchTensor weight) => loss.mul(weight).sum().div(weight.sum().add(TorchNumber.One, TorchNumber.One));

    private static TorchTensor Cells(List<CellPairs> pairs)
    {
        var tensor = torch.empty([pairs.Count, CellsPerCrop], torch.ScalarType.Int64);
        pairs.SelectMany(p => p.Cells).ToArray().CopyTo(MemoryMarshal.Cast<byte, long>(tensor.bytes));
        return tensor;
    }

    private static TorchTensor Maps(List<CellPairs> pairs, Func<CellPairs, float[]> map) =>
        PromptTensors.Of([.. pairs.SelectMany(map)], pairs.Count, CellsPerCrop, CellsPerCrop);
}
