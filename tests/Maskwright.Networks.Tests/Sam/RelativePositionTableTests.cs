using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Images;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

public class RelativePositionTableTests
{
    [Theory]
    [InlineData(5, 5, 9)]
    [InlineData(5, 5, 27)]
    [InlineData(16, 16, 31)]
    [InlineData(14, 14, 27)]
    [InlineData(10, 20, 39)]
    [InlineData(20, 10, 39)]
    [InlineData(7, 7, 5)]
    [InlineData(64, 64, 27)]
    [Trait("Kind", "parity")]
    public void Gathers_as_the_reference_does(int queries, int keys, int length)
    {
        var golden = GoldenCase.Open("sam_tiny", "attention_internals").Output($"get_rel_pos_q{queries}_k{keys}_L{length}");
        var table = SyntheticTensor.Input($"input:rp{length}", length, 6);

        golden.AssertClose(RelativePositionTable.Gather(table, 6, queries, keys), 1e-5);
    }

    [Fact]
    public void A_checkpoint_with_tables_of_a_larger_map_loads_with_stretched_tables()
    {
        using var folder = new TemporaryFolder();
        var config = SyntheticSam.Tiny;
        var tables = SamGraphs.Parameters(config).ToDictionary(p => p.Name, p => p.Shape.ToSizes());
        tables["image_encoder.blocks.1.attn.rel_pos_h"] = [63, 12];
        using var wide = WeightFile.FromArrays(tables.Select(t => (t.Key, (IReadOnlyList<long>)t.Value, SyntheticTensor.Weight(t.Key, t.Value))));
        SafetensorsWriter.Write(folder.File("wide.safetensors"), [.. wide.Values]);
        var stretched = RelativePositionTable.Resize(wide["image_encoder.blocks.1.attn.rel_pos_h"].ToFloat32(), 12, 31);
        using var weights = WeightFile.FromArrays(tables.Select(t => t.Key == "image_encoder.blocks.1.attn.rel_pos_h"
            ? (t.Key, [31, 12], stretched)
            : (t.Key, (IReadOnlyList<long>)t.Value, SyntheticTensor.Weight(t.Key, t.Value))));

        using var loaded = SamSegmenter.Load(folder.File("wide.safetensors"));
        using var made = SamSegmenter.Create(config, weights);

        var image = new RgbImage(8, 8, new byte[8 * 8 * 3]);
        using var a = loaded.Encode(image);
        using var b = made.Encode(image);
        Assert.Equal(made.Predict(b, [Prompt.Point(3, 3)], new()).Quality(0, 0), loaded.Predict(a, [Prompt.Point(3, 3)], new()).Quality(0, 0));
    }

    [Fact]
    public void Blocks_of_their_own_widths_load_from_their_tensors_alone()
    {
        using var folder = new TemporaryFolder();
        var encoder = (VitEncoderConfig)SyntheticSam.Tiny.Encoder with
        {
            EmbedDim = 40,
            Blocks = [new(4, 12, 96, false), new(4, 7, 50, true), new(2, 5, 64, false), new(4, 9, 33, true)],
        };
        var config = SyntheticSam.Tiny with { Name = "pruned", Encoder = encoder };
        SafetensorsWriter.Write(folder.File("pruned.safetensors"), [.. SyntheticSam.Weights(config).Values]);

        using var checkpoint = SamCheckpoint.Open(folder.File("pruned.safetensors"));
        using var segmenter = SamSegmenter.Load(folder.File("pruned.safetensors"));
        using var embedding = segmenter.Encode(new RgbImage(9, 7, new byte[9 * 7 * 3]));

        Assert.Equal(encoder.Blocks, ((VitEncoderConfig)checkpoint.Config.Encoder).Blocks);
        Assert.Equal(3, segmenter.Predict(embedding, [Prompt.Point(3, 3)], new()).MasksPerPrompt);
    }
}
