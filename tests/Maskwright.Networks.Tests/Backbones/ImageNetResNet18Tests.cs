using Google.Protobuf;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Backbones;

public sealed class ImageNetResNet18Tests : IDisposable
{
    private static readonly int[] s_filters = [91, 86, 82, 77, 73, 68, 64, 199, 59, 55, 50, 46, 275, 41, 37, 32, 28, 351, 23, 19];
    private static readonly int[] s_normalisations = [96, 113, 127, 144, 158, 175, 189, 203, 220, 234, 251, 265, 279, 296, 310, 327, 341, 355, 372, 386];

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("ResNet18.onnx");

    [Fact]
    public void Tensors_get_torchvision_s_names()
    {
        Write(File, Model());

        using var weights = ImageNetResNet18.Open(File);

        Assert.Equal(5 * s_filters.Length, weights.Count);
        Assert.Equal([199f], weights["layer2.0.downsample.0.weight"].ToFloat32());
        Assert.Equal([206f], weights["layer2.0.downsample.1.running_var"].ToFloat32());
        Assert.Equal([386f], weights["layer4.1.bn2.weight"].ToFloat32());
        Assert.Equal([388f], weights["layer4.1.bn2.running_mean"].ToFloat32());
    }

    [Fact]
    public void The_first_filters_take_normalised_red_green_and_blue()
    {
        Write(File, Model());

        using var weights = ImageNetResNet18.Open(File);

        // Written as blue 1, green 2, red 3 for samples of 0 to 255.
        Assert.Equal([3 * 255 * 0.229f, 2 * 255 * 0.224f, 1 * 255 * 0.225f], weights["conv1.weight"].ToFloat32(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Refuses_other_models_and_incomplete_ones()
    {
        Write(File, [("weight", [1], [1f])]);
        Assert.Contains("only the ResNet18.onnx", Assert.Throws<InvalidWeightsException>(() => ImageNetResNet18.Open(File)).Message, StringComparison.Ordinal);

        Write(File, Model().Where(tensor => tensor.Name != "Constant388"));
        Assert.Contains("no tensor Constant388", Assert.Throws<InvalidWeightsException>(() => ImageNetResNet18.Open(File)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // Every tensor holds its own number.
    private static IEnumerable<(string Name, long[] Shape, float[] Values)> Model()
    {
        yield return ("Parameter91", [1, 3, 1, 1], [1, 2, 3]);
        foreach (var number in s_filters.Skip(1))
        {
            yield return ($"Parameter{number}", [1, 1, 1, 1], [number]);
        }

        foreach (var (number, kind) in s_normalisations.SelectMany(first => new[] { (first, "Parameter"), (first + 1, "Parameter"), (first + 2, "Constant"), (first + 3, "Constant") }))
        {
            yield return ($"{kind}{number}", [1], [number]);
        }
    }

    // The fields of ModelProto, GraphProto and TensorProto as ONNX numbers them.
    private static void Write(string path, IEnumerable<(string Name, long[] Shape, float[] Values)> tensors)
    {
        var graph = Message(output =>
        {
            foreach (var (name, shape, values) in tensors)
            {
                Nested(output, 5, Message(tensor =>
                {
                    foreach (var side in shape)
                    {
                        tensor.WriteTag(1, WireFormat.WireType.Varint);
                        tensor.WriteInt64(side);
                    }

                    tensor.WriteTag(2, WireFormat.WireType.Varint);
                    tensor.WriteInt32(1);
                    tensor.WriteTag(8, WireFormat.WireType.LengthDelimited);
                    tensor.WriteString(name);
                    Nested(tensor, 9, [.. values.SelectMany(BitConverter.GetBytes)]);
                }));
            }
        });
        System.IO.File.WriteAllBytes(path, Message(model => Nested(model, 7, graph)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            write(output);
        }

        return bytes.ToArray();
    }

    private static void Nested(CodedOutputStream output, int field, byte[] content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
    }
}
