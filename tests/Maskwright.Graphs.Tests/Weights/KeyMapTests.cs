using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

public sealed class KeyMapTests
{
    [Theory]
    [InlineData("a.weight", "a.weight", true)]
    [InlineData("a.weight", "a.weights", false)]
    [InlineData("layers.{i}.norm{n}.{p}", "layers.11.norm2.bias", true)]
    [InlineData("layers.{i}.norm{n}.{p}", "layers.x.norm2.bias", false)]
    [InlineData("layers.{i}.norm{n}.{p}", "layers.1.norm2.a.bias", false)]
    [InlineData("layers.{i}.norm{n}.{p}", "layers.1.norm.bias", false)]
    [InlineData("{*module}.counter", "a.b.c.counter", true)]
    [InlineData("{*module}.counter", "counter", false)]
    [InlineData("net.{*rest}", "net.a.b", true)]
    [InlineData("{p}.{p}", "a.a", true)]
    [InlineData("{p}.{p}", "a.b", false)]
    public void Matches_a_whole_key_place_by_place(string pattern, string key, bool fits)
        => Assert.Equal(fits, KeyRule.Keep(pattern).Match(key) is not null);

    [Fact]
    public void Renames_keeps_ignores_and_prefers_the_main_name_over_a_tied_copy()
    {
        var map = new KeyMap("test",
        [
            KeyRule.Rename("old.{i}.{p}", "new.{i}.{p}"), KeyRule.Ignore("{*any}.steps"), KeyRule.Alias("copy", "tied"), KeyRule.Keep("tied"),
        ]);
        using var file = Weights("old.3.bias", "a.steps", "copy", "tied");

        var weights = map.Resolve([new("tied", [1]), new("new.3.bias", [1])], file);

        Assert.Equal(["tied", "new.3.bias"], weights.Keys);
        Assert.Equal([3f], weights["tied"].ToFloat32());
        Assert.Equal([0f], weights["new.3.bias"].ToFloat32());
        Assert.Equal("new.3.bias", weights["new.3.bias"].Name);
    }

    [Fact]
    public void Chooses_the_layout_that_knows_the_most_keys()
    {
        KeyMap[] maps = [new("left", [KeyRule.Keep("l.{*x}"), KeyRule.Keep("both")]), new("right", [KeyRule.Rename("r.{*x}", "l.{*x}"), KeyRule.Keep("both")])];

        Assert.Equal("right", KeyMap.Choose(maps, ["both", "r.a"]).Name);
        Assert.Equal("left", KeyMap.Choose(maps, ["both", "l.a"]).Name);
        Assert.Equal("left", KeyMap.Choose(maps, ["both"]).Name);
    }

    [Fact]
    public void Reports_every_missing_unexpected_and_misshapen_key_at_once()
    {
        var extra = Enumerable.Range(0, 20).Select(i => $"extra.{i}").ToArray();
        using var file = Weights([.. extra, "a"]);

        var error = Assert.Throws<WeightMismatchException>(() => KeyMap.Identity.Resolve([new("a", [1, 2]), new("b", [1]), new("c", [])], file));

        Assert.Equal(["b", "c"], error.Missing);
        Assert.Equal(extra, error.Unexpected);
        var shape = Assert.Single(error.WrongShapes);
        Assert.Equal([1L, 2L], shape.Expected);
        Assert.Equal([1L], shape.Actual);
        Assert.Contains("2 missing: b, c", error.Message, StringComparison.Ordinal);
        Assert.Contains("and 14 more", error.Message, StringComparison.Ordinal);
        Assert.Contains("a wants [1, 2], the checkpoint has [1]", error.Message, StringComparison.Ordinal);
        Assert.Equal("weights in memory", error.Path);
    }

    [Fact]
    public void Reports_two_keys_for_one_parameter()
    {
        var map = new KeyMap("test", [KeyRule.Rename("x.{p}", "{p}"), KeyRule.Keep("{p}")]);
        using var file = Weights("a", "x.a");

        var error = Assert.Throws<WeightMismatchException>(() => map.Resolve([new("a", [1])], file));

        Assert.Equal(["x.a"], error.Unexpected);
    }

    [Fact]
    public void Merges_parts_of_different_heights_and_reports_incomplete_ones()
    {
        var map = new KeyMap("test", [KeyRule.Merge("{m}.{part}.w", "part", ["q", "k"], "{m}.qk"), KeyRule.Keep("{*x}")]);
        using var file = WeightFile.FromArrays([("a.k.w", [1, 2], [5f, 6f]), ("a.q.w", [2, 2], [1f, 2f, 3f, 4f]), ("b.q.w", [1], [0f])]);

        var error = Assert.Throws<WeightMismatchException>(() => map.Resolve([new("a.qk", [3, 2]), new("b.qk", [2])], file));
        var merged = map.Rename(file);

        Assert.Equal(["b.qk"], error.Missing);
        Assert.Equal(["b.q.w"], error.Unexpected);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], merged["a.qk"].ToFloat32());
    }

    [Fact]
    public void Refuses_a_rule_that_cannot_be_filled()
    {
        Assert.Throws<ArgumentException>(() => KeyRule.Rename("a.{i}", "b.{j}"));
        Assert.Throws<ArgumentException>(() => KeyRule.Keep("a.{i"));
        Assert.Throws<ArgumentException>(() => KeyRule.Merge("a.{i}", "part", ["q"], "b"));
    }

    private static WeightFile Weights(params string[] keys)
        => WeightFile.FromArrays(keys.Select((key, i) => (key, (IReadOnlyList<long>)[1L], new float[] { i })));
}
