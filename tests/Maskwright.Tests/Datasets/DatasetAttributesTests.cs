using Maskwright.Datasets;
using Xunit;

namespace Maskwright.Tests.Datasets;

public class DatasetAttributesTests
{
    [Fact]
    public void Keeps_the_order_and_replaces_in_place()
    {
        var attributes = DatasetAttributes.Empty.With("b", 1L).With("a", "x").With("b", true);

        Assert.Equal(["b", "a"], attributes.Select(entry => entry.Key));
        Assert.Equal(new FlagValue(true), attributes["b"]);
        Assert.Null(attributes["c"]);
        Assert.Equal(["a"], attributes.Without("b", "z").Select(entry => entry.Key));
    }

    [Fact]
    public void Refuses_a_name_that_stands_there_twice() =>
        Assert.Throws<ArgumentException>(() => new DatasetAttributes([KeyValuePair.Create<string, AttributeValue>("a", 1L), KeyValuePair.Create<string, AttributeValue>("a", 2L)]));

    [Fact]
    public void Values_read_as_plain_text()
    {
        AttributeValue list = new ListValue([1L, 0.1, "x", false]);

        Assert.Equal("[1, 0.1, x, false]", list.ToString());
    }

    [Fact]
    public void Equal_names_and_values_are_equal() =>
        Assert.Equal(DatasetAttributes.Empty.With("a", new ListValue([1L])), DatasetAttributes.Empty.With("a", new ListValue([1L])));
}
