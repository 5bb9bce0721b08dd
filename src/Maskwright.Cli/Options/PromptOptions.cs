using System.CommandLine;
using System.CommandLine.Parsing;
using Maskwright.Cli.Inputs;

namespace Maskwright.Cli.Options;

/// <summary>What to segment: points, boxes and masks, sorted into objects by their order.</summary>
internal sealed class PromptOptions : OptionGroup
{
    private readonly Option<string[]> _point = new("--point", "-p")
    {
        Description = "A position on the object: x,y in pixels from the top left; x,y,0 for a position beside it. Repeatable.",
        HelpName = "x,y[,0|1]",
    };

    private readonly Option<string[]> _box = new("--box", "-b")
    {
        Description = "A box around the object: left,top,right,bottom. Several boxes and nothing else are several objects.",
        HelpName = "x0,y0,x1,y1",
    };

    private readonly Option<string[]> _mask = new("--mask")
    {
        Description = "An earlier mask of the object as a hint: a black-and-white image, or logits as .npy (256 x 256).",
        HelpName = "file",
    };

    private readonly Option<string[]> _object = new("--object")
    {
        Description = "Begins an object; the points, box and mask that follow belong to it. The name is optional.",
        HelpName = "name",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _multimask = new("--multimask")
    {
        Description = "Write every mask the model proposes for an object (whole, part, subpart), best first, instead of the best one.",
    };

    private readonly Option<bool> _noCloserLook = new("--no-closer-look")
    {
        Description = "Let seedling answer from one look at the whole image: faster, but coarse where an object is small in a large image.",
    };

    public override string Title => "Prompts";

    public override IReadOnlyList<Option> Options => [_point, _box, _object, _mask, _multimask, _noCloserLook];

    public bool LooksCloser(ParseResult parsed) => !parsed.GetValue(_noCloserLook);

    public bool Multimask(ParseResult parsed) => parsed.GetValue(_multimask);

    /// <summary>Reads the objects in the order of the command line.</summary>
    /// <exception cref="ToolException">A value cannot be read, or nothing was given.</exception>
    public IReadOnlyList<ObjectPrompt> Read(ParseResult parsed) => ObjectPrompts.Parse(InOrder(parsed.Tokens));

    private List<(string Option, string? Value)> InOrder(IReadOnlyList<Token> tokens)
    {
        var named = Options.Where(option => option.ValueType != typeof(bool)).SelectMany(option => option.Aliases.Append(option.Name).Select(name => (name, option.Name)))
            .ToDictionary(pair => pair.name, pair => pair.Name);
        var found = new List<(string Option, string? Value)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Type == TokenType.Option && named.TryGetValue(tokens[i].Value, out var option))
            {
                var hasValue = i + 1 < tokens.Count && tokens[i + 1].Type == TokenType.Argument;
                found.Add((option, hasValue ? tokens[i + 1].Value : null));
            }
        }

        return found;
    }
}
