using Maskwright.Networks.Seedling;
using Maskwright.Training.Reconstruction;
using Maskwright.Training.Torch;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class DeviceTests
{
    [Theory]
    [InlineData("tpu")]
    [InlineData("cuda:99")]
    public void A_device_that_is_not_there_is_named(string device)
    {
        using var start = SeedlingInitialisation.Create(TinySeedling.Config, 1);

        var fault = Assert.Throws<NotSupportedException>(() => new TrainableReconstruction(TinySeedling.Config, start, new TorchGraphOptions { Device = device }));

        Assert.Contains($"'{device}'", fault.Message, StringComparison.Ordinal);
    }
}
