using System.Globalization;

namespace Maskwright.PostProcessing;

/// <summary>The values given to a step, checked.</summary>
internal sealed class StepArguments
{
    private readonly Dictionary<string, string> _values = [];

    private StepArguments()
    {
    }

    /// <summary>Reads <c>value,value,name=value</c>.</summary>
    /// <exception cref="FormatException">A value is missing, out of its range, or not of this step; the message says which.</exception>
    public static StepArguments Parse(StepDescription step, string text)
    {
        var arguments = new StepArguments();
        var (position, parts) = (0, text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var parameter = equals < 0 ? step.Parameters.ElementAtOrDefault(position++) : step.Parameters.FirstOrDefault(known => known.Name == part[..equals]);
            arguments.Set(step, parameter ?? throw Unknown(step, part), part[(equals + 1)..], part);
        }

        foreach (var parameter in step.Parameters)
        {
            if (!arguments._values.ContainsKey(parameter.Name))
            {
                arguments._values[parameter.Name] = parameter.Default
                    ?? throw new FormatException($"{step.Name} needs {parameter.Name}: {parameter.Meaning}; such as {step.Name}:{Math.Max(3, parameter.Min).ToString(CultureInfo.InvariantCulture)}");
            }
        }

        return arguments;
    }

    public bool Has(string name) => _values[name].Length > 0;

    public int Whole(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);

    public double Number(string name) => double.Parse(_values[name], CultureInfo.InvariantCulture);

    public string Choice(string name) => _values[name];

    private static FormatException Unknown(StepDescription step, string part) => new(step.Parameters.Count == 0
        ? $"{step.Name} takes no values, but '{part}' is given"
        : $"{step.Name} does not know '{part}'; it is written {step.Usage}");

    private void Set(StepDescription step, StepParameter parameter, string value, string part)
    {
        if (parameter.Choices.Count > 0 ? !parameter.Choices.Contains(value) : !IsNumber(parameter, value))
        {
            throw new FormatException($"{step.Name}: '{part}' is no {parameter.Name}: {Expectation(parameter)}");
        }

        if (!_values.TryAdd(parameter.Name, value))
        {
            throw new FormatException($"{step.Name}: {parameter.Name} is given twice");
        }
    }

    private static bool IsNumber(StepParameter parameter, string value)
    {
        var style = parameter.IsWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        return double.TryParse(value, style, CultureInfo.InvariantCulture, out var number) && number >= parameter.Min && number <= parameter.Max;
    }

    private static string Expectation(StepParameter parameter)
    {
        if (parameter.Choices.Count > 0)
        {
            return "one of " + string.Join(", ", parameter.Choices);
        }

        var range = parameter.Max < int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"from {parameter.Min} to {parameter.Max}")
            : string.Create(CultureInfo.InvariantCulture, $"at least {parameter.Min}");
        return $"a {(parameter.IsWhole ? "whole " : string.Empty)}number, {range}";
    }
}
