using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Maskwright.Cli.Options;

namespace Maskwright.Cli;

/// <summary>Writes help that teaches: what the command does, examples first, then its options under headings.</summary>
internal sealed class HelpWriter(Surroundings surroundings) : SynchronousCommandLineAction
{
    private const int MaxNameColumn = 34;
    private readonly Dictionary<Command, (string Usage, string[] Examples, OptionGroup[] Groups)> _topics = [];

    public override bool ClearsParseErrors => true;

    /// <summary>Says what the help of a command shows beyond its description.</summary>
    public void Describe(Command command, string usage, string[] examples, params OptionGroup[] groups) =>
        _topics[command] = (usage, examples, groups);

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return (int)ExitCode.Ok;
    }

    private void Write(Command command, TextWriter target)
    {
        var (usage, examples, groups) = _topics.GetValueOrDefault(command, ($"maskwright {command.Name}", [], []));
        Paragraph(command.Description ?? string.Empty, target);
        Heading("Usage", target);
        target.WriteLine($"  {usage}");
        if (examples.Length > 0)
        {
            Heading("Examples", target);
            foreach (var example in examples)
            {
                target.WriteLine($"  {example}");
            }
        }

        Rows("Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, (sub.Description ?? string.Empty).Split('\n')[0])), target);
        Rows("Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? string.Empty)), target);
        foreach (var group in groups)
        {
            Rows(group.Title, group.Options.Select(Row), target);
            if (group.Values is { } values)
            {
                Rows(values.Title, values.Rows, target);
            }
        }

        var grouped = groups.SelectMany(group => group.Options).ToHashSet();
        Rows("Options", command.Options.Where(option => !option.Hidden && !grouped.Contains(option)).Select(Row), target);
    }

    private static (string, string) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.StartsWith('-')).Order(StringComparer.Ordinal).Append(option.Name));
        if (option is HelpOption or VersionOption)
        {
            return option is HelpOption ? ("-h, --help", "Show this help.") : ("--version", "Show the version.");
        }

        var value = option.HelpName is { } name && option.ValueType != typeof(bool) ? $" <{name}>" : string.Empty;
        var hasDefault = option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is not null;
        return (names + value, option.Description + (hasDefault ? $" [default: {option.GetDefaultValue()}]" : string.Empty));
    }

    private void Rows(string heading, IEnumerable<(string Name, string Text)> rows, TextWriter target)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Heading(heading, target);
        var column = Math.Min(MaxNameColumn, all.Max(row => row.Name.Length)) + 4;
        foreach (var (name, text) in all)
        {
            var lines = Wrap(text, surroundings.Width - column).ToList();
            target.WriteLine(name.Length + 4 <= column ? $"  {name.PadRight(column - 2)}{lines[0]}" : $"  {name}{Environment.NewLine}{new string(' ', column)}{lines[0]}");
            foreach (var line in lines.Skip(1))
            {
                target.WriteLine(new string(' ', column) + line);
            }
        }
    }

    private static void Heading(string text, TextWriter target)
    {
        target.WriteLine();
        target.WriteLine($"{text}:");
    }

    private void Paragraph(string text, TextWriter target)
    {
        foreach (var line in text.Split('\n').SelectMany(line => Wrap(line.TrimEnd('\r'), surroundings.Width)))
        {
            target.WriteLine(line);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = string.Empty;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length > 0 ? $"{line} {word}" : word;
            }
        }

        yield return line;
    }
}
