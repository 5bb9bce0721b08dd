using Maskwright.Cli.Inputs;
using Xunit;

namespace Maskwright.Cli.Tests.Inputs;

public class ObjectPromptsTests
{
    [Fact]
    public void Points_and_a_box_are_one_object()
    {
        var objects = ObjectPrompts.Parse([("--point", "1,2"), ("--box", "0,0,9,9"), ("--point", "3,4,0")]);

        var only = Assert.Single(objects);
        Assert.Equal(2, only.Points.Count);
        Assert.NotNull(only.Box);
    }

    [Fact]
    public void Several_boxes_and_nothing_else_are_several_objects()
    {
        var objects = ObjectPrompts.Parse([("--box", "0,0,9,9"), ("--box", "10,10,20,20")]);

        Assert.Equal([0, 10], objects.Select(item => (int)item.Box!.Value.X0)); // every one of them has a box
    }

    [Fact]
    public void Each_object_takes_what_follows_it()
    {
        var objects = ObjectPrompts.Parse([("--object", "cup"), ("--point", "1,2"), ("--object", null), ("--box", "0,0,9,9"), ("--point", "3,4,0"), ("--mask", "m.png")]);

        Assert.Equal(2, objects.Count);
        Assert.Equal(("cup", 1, false, null), (objects[0].Name, objects[0].Points.Count, objects[0].Box is not null, objects[0].MaskFile));
        Assert.Equal((null, 1, true, "m.png"), (objects[1].Name, objects[1].Points.Count, objects[1].Box is not null, objects[1].MaskFile));
    }

    [Fact]
    public void Two_boxes_with_a_point_need_objects_to_be_clear()
    {
        Refuses("begin every object with --object", ("--box", "0,0,9,9"), ("--box", "10,10,20,20"), ("--point", "1,2"));
    }

    [Fact]
    public void A_prompt_before_the_first_object_belongs_to_none()
    {
        Refuses("before the first --object", ("--point", "1,2"), ("--object", "cup"), ("--point", "3,4"));
    }

    [Fact]
    public void An_object_without_a_prompt_is_refused_by_name()
    {
        Refuses("The object 'cup'", ("--object", "cup"), ("--object", "spoon"), ("--point", "3,4"));
    }

    [Fact]
    public void Nothing_at_all_is_refused_with_advice()
    {
        Refuses("--point x,y");
    }

    private static void Refuses(string part, params (string, string?)[] options)
    {
        var fault = Assert.Throws<ToolException>(() => ObjectPrompts.Parse(options));
        Assert.Equal(ExitCode.Usage, fault.Code);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }
}
