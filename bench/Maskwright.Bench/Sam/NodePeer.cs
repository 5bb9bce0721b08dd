using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Sam;

namespace Maskwright.Bench.Sam;

/// <summary>The same network, saved by <see cref="OnnxWriter"/>, under onnxruntime-node.</summary>
/// <param name="modules">A folder <c>node_modules</c> that holds onnxruntime-node.</param>
internal sealed class NodePeer(string modules)
{
    /// <summary>Saves the network and runs a stage.</summary>
    public SamCaseResult Run(SamConfig config, IReadOnlyDictionary<string, WeightTensor> weights, Tensor image, string stage)
    {
        var folder = Directory.CreateTempSubdirectory("maskwright-node").FullName;
        try
        {
            OnnxWriter.Write(SamGraphs.Encoder(config), weights, Path.Combine(folder, "encoder.onnx"));
            OnnxWriter.Write(SamGraphs.Decoder(config, new SamDecoderForm(TakesPoints: true, TakesMaskHint: false, Multimask: true)), weights, Path.Combine(folder, "decoder.onnx"));
            using var positions = new OnnxRuntimeEngine().Load(SamGraphs.Positions(config), weights);
            Write(Path.Combine(folder, "positions.f32"), positions.Run(new Dictionary<string, Tensor>())["image_positions"]);
            Write(Path.Combine(folder, "image.f32"), image);
            return JsonSerializer.Deserialize<SamCaseResult>(Start(folder, stage))!; // the script prints one
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Start(string folder, string stage)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, Environment = { ["NODE_PATH"] = modules } };
        foreach (var argument in new[] { SamCase.FindAbove("bench", "peers", "sam.cjs"), folder, stage })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!; // it is started, not joined
        var told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? told : throw new InvalidOperationException($"node failed on {stage}.");
    }

    private static void Write(string path, Tensor tensor) => File.WriteAllBytes(path, MemoryMarshal.AsBytes(tensor.Floats.AsSpan()).ToArray());
}
