using System.CommandLine;
using System.CommandLine.Parsing;
using Maskwright.Cli.Inputs;

namespace Maskwright.Cli.Options;

/// <summary>Which images to work on.</summary>
internal sealed class InputOptions : OptionGroup
{
    public InputOptions()
    {
        Inputs.Validators.Add(RefuseUnknownOptions);
        MaxPixels.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<long?>() is null or < 1)
            {
                result.AddError("--max-pixels must be a whole number, at least 1.");
            }
        });
    }

    public Argument<string[]> Inputs { get; } = new("INPUT")
    {
        Description = "Images, folders of images, or patterns such as 'photos/**/*.jpg'.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> Input { get; } = new("--input")
    {
        Description = "The same as INPUT, under its name in SAM's amg.py.",
        HelpName = "path",
    };

    public Option<bool> Recursive { get; } = new("--recursive", "-r") { Description = "Search folders to the bottom; results keep the sub-folders." };

    public Option<long?> MaxPixels { get; } = new("--max-pixels")
    {
        Description = "Refuse images of more pixels, before decoding them: a guard against decompression bombs.",
        HelpName = "n",
    };

    public override string Title => "Input";

    public override IReadOnlyList<Option> Options => [Input, Recursive, MaxPixels];

    public override void AddTo(Command command)
    {
        command.Add(Inputs);
        base.AddTo(command);
    }

    /// <summary>Finds the images.</summary>
    /// <exception cref="ToolException">Nothing was named.</exception>
    public InputList Find(ParseResult parsed, string outputFolder)
    {
        string[] typed = [.. parsed.GetValue(Inputs) ?? [], .. parsed.GetValue(Input) ?? []];
        return typed.Length > 0
            ? InputFinder.Find(typed, parsed.GetValue(Recursive), outputFolder)
            : throw new ToolException(
                ExitCode.Usage,
                $"no input: name an image, a folder or a pattern (see maskwright {parsed.CommandResult.Command.Name} --help)");
    }

    // What begins with a dash and is no file is a misspelt option, not an image.
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (var typed in result.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-') && value.Length > 1 && !File.Exists(value)))
        {
            var options = result.Parent is CommandResult command ? command.Command.Options.Select(option => option.Name) : [];
            var near = Spelling.Near(typed.Split('=')[0], options).Take(2).ToList();
            result.AddError($"'{typed}' is not an option{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : " of this command.")}");
        }
    }
}
