using Maskwright.Geometry;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Inputs;

/// <summary>Sorts points, boxes and masks into objects by their order on the command line.</summary>
/// <remarks>
/// Without --object everything belongs to one object, save that several boxes and nothing else are several objects.
/// With --object, each one begins an object and takes what follows up to the next.
/// </remarks>
internal static class ObjectPrompts
{
    /// <summary>Reads the prompt options in their order.</summary>
    /// <param name="options">Option names (<c>--point</c>, <c>--box</c>, <c>--mask</c>, <c>--object</c>) with their values; null for an --object without a name.</param>
    /// <exception cref="ToolException">A value cannot be read, or it is not clear which object it belongs to.</exception>
    public static IReadOnlyList<ObjectPrompt> Parse(IEnumerable<(string Option, string? Value)> options)
    {
        try
        {
            var groups = Group(options.ToList());
            return groups is [{ IsNamed: false, Points.Count: 0, MaskFiles.Count: 0, Boxes.Count: > 1 } boxes]
                ? [.. boxes.Boxes.Select(box => new ObjectPrompt(null, [], box, null))]
                : [.. groups.Select(group => group.ToPrompt())];
        }
        catch (FormatException e)
        {
            throw new ToolException(ExitCode.Usage, e.Message, e);
        }
    }

    private static List<Draft> Group(List<(string Option, string? Value)> options)
    {
        var groups = new List<Draft>();
        foreach (var (option, value) in options)
        {
            if (option == "--object")
            {
                if (groups is [{ IsNamed: false }])
                {
                    throw new FormatException("Points, boxes and masks before the first --object belong to no object: begin with --object.");
                }

                groups.Add(new Draft(value, IsNamed: true));
                continue;
            }

            if (groups.Count == 0)
            {
                groups.Add(new Draft(null, IsNamed: false));
            }

            groups[^1].Take(option, value!); // only --object may come without a value
        }

        return groups.Count > 0 ? groups : throw new FormatException("Say what to segment: --point x,y or --box x0,y0,x1,y1 (see maskwright segment --help).");
    }

    private sealed record Draft(string? Name, bool IsNamed)
    {
        public List<PromptPoint> Points { get; } = [];

        public List<PixelBox> Boxes { get; } = [];

        public List<string> MaskFiles { get; } = [];

        public void Take(string option, string value)
        {
            switch (option)
            {
                case "--point":
                    Points.Add(PromptSyntax.Point(value));
                    break;
                case "--box":
                    Boxes.Add(PromptSyntax.Box(value));
                    break;
                default:
                    MaskFiles.Add(value);
                    break;
            }
        }

        public ObjectPrompt ToPrompt()
        {
            var who = Name is null ? "One object" : $"The object '{Name}'";
            if (Boxes.Count > 1 || MaskFiles.Count > 1)
            {
                throw new FormatException($"{who} can have one box and one mask: begin every object with --object, and write its points, box and mask after it.");
            }

            if (Points.Count == 0 && Boxes.Count == 0 && MaskFiles.Count == 0)
            {
                throw new FormatException($"{who} has neither a point nor a box: write them after --object.");
            }

            return new ObjectPrompt(Name, Points, Boxes.Count > 0 ? Boxes[0] : null, MaskFiles.FirstOrDefault());
        }
    }
}
