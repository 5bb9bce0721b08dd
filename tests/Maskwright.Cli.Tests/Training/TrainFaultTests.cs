using Maskwright.Training.Running;
using Xunit;

namespace Maskwright.Cli.Tests.Training;

public class TrainFaultTests
{
    [Fact]
    public void A_label_beyond_the_classes_is_told_with_its_photo()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);
        PaintedData.WritePhoto(run, 0, label: 5);

        var code = Train(run);

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Contains("maskwright: photo0.png: holds label 5, but the network tells classes 0 to 1 apart", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_another_size_than_the_photo_are_told_with_both_files()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);
        PaintedData.WritePhoto(run, 0, label: 1, labelSide: 48);

        var code = Train(run);

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Contains("labels0.png: is 48x48, but its photo @data/photo0.png is 64x64", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_never_occurs_is_told_and_the_run_goes_on()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 2);

        var code = Train(run, "--set", "classNames=[square, circle]");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("note: no photo of the 6 crops so far shows circle", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_none_end_the_run_with_the_photos_and_leave_the_last_checkpoint()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 2);

        var code = Train(run, "--set", "optimiser={learningRate: 1e30, warmUpSteps: 0}", "--set", "checkpointEvery=1", "--set", "steps=9");

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Matches("Step [2-9]: the (loss|gradient) is not a finite number; the run stops. Its batch: photo[01].png", run.Error);
        Assert.InRange(Checkpoint.StepsOf(Checkpoint.PathIn(run.File("run"))), 1, 8);
    }

    [Fact]
    public void A_run_goes_on_with_other_data_only_when_asked_to()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 3);
        Train(run, "--set", "steps=2");
        PaintedData.WriteTable(run, "train.tsv", 0, 2);
        var recipe = File.ReadAllText(run.File("run", "recipe.yaml"));

        Assert.Equal(ExitCode.Usage, Train(run, "--resume"));
        Assert.Contains("learned from other data (3 photos, fingerprint", run.Error, StringComparison.Ordinal);
        Assert.Contains("add --other-data to go on nevertheless", run.Error, StringComparison.Ordinal);
        Assert.Equal(recipe, File.ReadAllText(run.File("run", "recipe.yaml")));
        Assert.Equal(ExitCode.Ok, Train(run, "--resume", "--other-data"));
        Assert.Contains("4/4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_another_network_does_not_go_on()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);
        Train(run, "--set", "steps=2");

        Assert.Equal(ExitCode.Model, Train(run, "--resume", "--set", "semantic.sizes.width=6"));
        Assert.Contains("is a run of unet with other sizes than the recipe's: Width 4 there, 6 here", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Model, Train(run, "--resume", "--set", "network=segnet-basic", "--set", "semantic.sizes={}"));
        Assert.Contains("is a run of the network unet, but the recipe names segnet-basic", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_that_the_network_does_not_have_is_a_fault_of_the_recipe()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 4, "validation: { fraction: 0.3, measure: mask_ap }");

        Assert.Equal(ExitCode.Usage, Train(run));
        Assert.Contains("validation.measure 'mask_ap' is unknown", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_told_before_anything_is_read()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);

        Assert.Equal(ExitCode.Device, Train(run, "--device", "cuda:99"));
        Assert.Contains("'cuda:99' is not there", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Device, Train(run, "--set", "device=tpu"));
        Assert.False(Directory.Exists(run.File("run")));
    }

    [Fact]
    public void What_a_killed_run_left_half_written_is_removed_by_the_run_that_goes_on()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);
        Train(run, "--set", "steps=2");
        File.WriteAllText(run.File("run", "checkpoint.safetensors.0123456789abcdef0123456789abcdef.tmp"), "half");
        File.WriteAllText(run.File("run", ".0123456789abcdef0123456789abcdef.tmp"), "half");
        File.WriteAllText(run.File("run", "my.tmp"), "mine");

        Assert.Equal(ExitCode.Ok, Train(run, "--resume"));
        Assert.Equal([run.File("run", "my.tmp")], Directory.GetFiles(run.File("run"), "*.tmp"));
    }

    private static ExitCode Train(ToolRun run, params string[] more) => run.Run(["train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", .. more]);
}
