using System.CommandLine;

namespace Maskwright.Cli.Options;

/// <summary>Options that belong together, under one heading of the help.</summary>
internal abstract class OptionGroup
{
    /// <summary>The heading.</summary>
    public abstract string Title { get; }

    /// <summary>The options, in the order of the help.</summary>
    public abstract IReadOnlyList<Option> Options { get; }

    /// <summary>The values that an option takes, where they need a line each: a heading and rows; null for none.</summary>
    public virtual (string Title, IReadOnlyList<(string Name, string Text)> Rows)? Values => null;

    /// <summary>Gives the options to a command.</summary>
    public virtual void AddTo(Command command)
    {
        foreach (var option in Options)
        {
            command.Add(option);
        }
    }
}
