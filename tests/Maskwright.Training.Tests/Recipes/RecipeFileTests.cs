using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Xunit;

namespace Maskwright.Training.Tests.Recipes;

public class RecipeFileTests
{
    private const string Yaml = """
        seed: 7
        crops: [{ from: 0, side: 128 }, { from: 0.5, side: 256 }]
        sets:
          photos: { weight: 2, voidLabel: 255 }
        optimiser: { learningRate: 0.01 }
        """;

    [Fact]
    public void What_is_not_said_keeps_its_default()
    {
        var recipe = RecipeFile.Parse(Yaml, "test");

        Assert.Equal((7, 0.01, 255, 2.0), (recipe.Seed, recipe.Optimiser.LearningRate, recipe.Sets["photos"].VoidLabel!.Value, recipe.Sets["photos"].Weight));
        Assert.Equal(new TrainingRecipe().Optimiser.WeightDecay, recipe.Optimiser.WeightDecay);
        Assert.Null(recipe.SetOf("nuclei"));
    }

    [Fact]
    public void Changes_reach_into_groups_and_may_be_lists()
    {
        var recipe = RecipeFile.Parse(Yaml, "test", ["steps=50", "optimiser.warmUpSteps=3", "sets.nuclei.weight=0.5", "frozen=[encoder.*]"]);

        Assert.Equal((50, 3, 0.5, 0.01), (recipe.Steps, recipe.Optimiser.WarmUpSteps, recipe.Sets["nuclei"].Weight, recipe.Optimiser.LearningRate));
        Assert.Equal(["encoder.*"], recipe.Frozen);
    }

    [Fact]
    public void A_start_may_be_taken_away_again()
    {
        Assert.Equal("a.safetensors", RecipeFile.Parse("startFrom: a.safetensors", "test").StartFrom);
        Assert.Null(RecipeFile.Parse("startFrom: a.safetensors", "test", ["startFrom="]).StartFrom);
    }

    [Fact]
    public void Rates_keep_their_order()
    {
        var recipe = RecipeFile.Parse("optimiser: { rates: { 'z.*': 0.5, 'a.*': 0.25, '*': 0.1 } }", "test");

        Assert.Equal(["z.*", "a.*", "*"], recipe.Optimiser.Rates.Keys);
    }

    [Fact]
    public void A_recipe_reads_back_as_it_was_written()
    {
        var recipe = RecipeFile.Parse(Yaml, "test");

        var again = RecipeFile.Parse(RecipeFile.ToYaml(recipe), "test");

        Assert.Equal(RecipeFile.ToYaml(recipe), RecipeFile.ToYaml(again));
        Assert.Equal(256, again.SideAt(again.Steps / 2));
    }

    [Fact]
    public void Crops_show_as_much_of_a_photo_as_their_stage_says_or_else_the_augmentation()
    {
        var recipe = RecipeFile.Parse("steps: 10\ncrops: [{ side: 64 }, { from: 0.5, side: 96, minScale: 0.6 }]\naugmentation: { minScale: 0.4, maxScale: 1.8 }", "test");

        Assert.Equal(new ScaleRange(0.4, 1.8), recipe.ScalesAt(4));
        Assert.Equal(new ScaleRange(0.6, 1.8), recipe.ScalesAt(5));
    }

    [Theory]
    [InlineData("crops: [{ side: 64, maxScale: 0.3 }]", "the crops from 0 on: scales from 0.45 to 0.3")]
    [InlineData("step: 5", "step")]
    [InlineData("steps: many", "many")]
    [InlineData("steps: 0", "steps 0")]
    [InlineData("crops: [{ from: 0, side: 100 }]", "multiples of 32")]
    [InlineData("interaction: { maxRounds: 0 }", "maxRounds")]
    [InlineData("- 1", "key: value")]
    [InlineData("a: [", "")]
    public void Faults_name_the_recipe_and_the_setting(string yaml, string telling)
    {
        var fault = Assert.Throws<InvalidRecipeException>(() => RecipeFile.Parse(yaml, "my.yaml"));

        Assert.StartsWith("my.yaml: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(telling, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_without_a_value_is_refused() =>
        Assert.Contains("key=value", Assert.Throws<InvalidRecipeException>(() => RecipeFile.Parse(Yaml, "my.yaml", ["steps"])).Message, StringComparison.Ordinal);
}
