using System.Text.Json;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class ModelsVerbTests
{
    [Fact]
    public void The_list_tells_what_is_embedded_and_what_is_not_here()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("models", "list"));
        Assert.Contains(run.OutputLines, line => line.StartsWith("classic ", StringComparison.Ordinal) && line.Contains("embedded", StringComparison.Ordinal));
        Assert.Contains(run.OutputLines, line => line.StartsWith("slimsam-77 ", StringComparison.Ordinal) && line.Contains(" no ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_list_as_json_is_one_document()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("models", "list", "--json"));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(["seedling", "classic"], json.RootElement.EnumerateArray().Take(2).Select(model => model.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_model_in_the_cache_is_here()
    {
        using var run = new ToolRun();
        run.Variables["HF_HOME"] = run.File("hf");
        const string commit = "0123456789abcdef0123456789abcdef01234567";
        var repository = run.File("hf", "hub", "models--Zigeng--SlimSAM-uniform-77");
        Directory.CreateDirectory(Path.Combine(repository, "refs"));
        Directory.CreateDirectory(Path.Combine(repository, "snapshots", commit));
        File.WriteAllText(Path.Combine(repository, "refs", "main"), commit);
        foreach (var name in new[] { "config.json", "preprocessor_config.json", "model.safetensors" })
        {
            File.WriteAllText(Path.Combine(repository, "snapshots", commit, name), "x");
        }

        run.Run("models", "list", "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("yes", json.RootElement.EnumerateArray().Single(model => model.GetProperty("name").GetString() == "slimsam-77").GetProperty("here").GetString());
    }

    [Fact]
    public void Info_tells_what_the_catalog_knows_without_the_network()
    {
        using var run = new ToolRun { Variables = { ["HF_HUB_OFFLINE"] = "1" } };

        Assert.Equal(ExitCode.Ok, run.Run("models", "info", "slimsam-77"));
        Assert.Contains("Zigeng/SlimSAM-uniform-77", run.Output, StringComparison.Ordinal);
        Assert.Contains("maskwright models pull slimsam-77", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "slimsam")]
    [InlineData("pull", "slimsam-77")]
    [InlineData("info", "somebody/something")]
    public void Offline_what_needs_the_hub_says_so_and_has_the_hubs_code(string verb, string word)
    {
        using var run = new ToolRun { Variables = { ["HF_HUB_OFFLINE"] = "1" } };

        Assert.Equal(ExitCode.Hub, run.Run("models", verb, word));
        Assert.Contains("HF_HUB_OFFLINE", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("remove")]
    public void What_is_embedded_is_neither_pulled_nor_removed(string verb)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Usage, run.Run("models", verb, "classic"));
        Assert.Contains("embedded", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_name_gets_a_suggestion()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Model, run.Run("models", "pull", "slimsam77"));
        Assert.Contains("did you mean slimsam-77", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_named_of_a_repository_only()
    {
        using var run = new ToolRun { Variables = { ["HF_HUB_OFFLINE"] = "1" } };

        Assert.Equal(ExitCode.Model, run.Run("models", "pull", "slimsam-77", "--file", "a.safetensors"));
        Assert.Contains("--file needs a repository of the hub", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Hub, run.Run("models", "pull", "somebody/something", "--file", "a.safetensors"));
    }

    [Fact]
    public void Info_counts_a_checkpoint_by_its_tensors()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("models", "info", Goldens.Open("sam_tiny", "tiny_sam.pth")));

        Assert.Contains("canvas:     256 x 256", run.Output, StringComparison.Ordinal);
        Assert.Contains("GMAC", run.Output, StringComparison.Ordinal);
    }
}
