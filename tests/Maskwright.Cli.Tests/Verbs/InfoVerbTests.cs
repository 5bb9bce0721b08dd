using System.Text.Json;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class InfoVerbTests
{
    [Fact]
    public void Tells_versions_devices_and_instructions()
    {
        using var run = new ToolRun { Variables = { ["HF_HOME"] = "/models" } };

        Assert.Equal(ExitCode.Ok, run.Run("info", "--json"));

        using var json = JsonDocument.Parse(run.Output);
        Assert.Contains("cpu", json.RootElement.GetProperty("devices").EnumerateArray().Select(device => device.GetString()));
        Assert.StartsWith("ONNX Runtime 1.", json.RootElement.GetProperty("engine").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("TorchSharp 0.", json.RootElement.GetProperty("torch_engine").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("vector", json.RootElement.GetProperty("instructions")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("RelativePositionAttention", json.RootElement.GetProperty("kernels").GetString(), StringComparison.Ordinal);
        Assert.Contains($"{Graphs.ProcessorInstructions.KernelVectorBits}-bit vectors (", json.RootElement.GetProperty("kernels").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("fp32", json.RootElement.GetProperty("precisions")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith(Graphs.ProcessorInstructions.MultipliesBytes ? "int8 on onnx (" : "not int8:", json.RootElement.GetProperty("precisions")[1].GetString(), StringComparison.Ordinal);
        Assert.Equal("/models/hub", json.RootElement.GetProperty("model_cache").GetString());
    }

    [Fact]
    public void Text_holds_the_same_facts()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("info"));
        Assert.Contains(run.OutputLines, line => line.StartsWith("maskwright:", StringComparison.Ordinal));
        Assert.Contains(run.OutputLines, line => line.StartsWith("providers:", StringComparison.Ordinal) && line.Contains("CPUExecutionProvider", StringComparison.Ordinal));
    }
}
