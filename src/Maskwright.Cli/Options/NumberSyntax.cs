using System.CommandLine.Parsing;
using System.Globalization;

namespace Maskwright.Cli.Options;

/// <summary>Numbers on the command line: a point as the decimal separator everywhere, and never NaN or infinity.</summary>
internal static class NumberSyntax
{
    public static int? Whole(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError($"{NameOf(result)} takes a whole number, not '{result.Tokens[0].Value}'.");
        return null;
    }

    public static double? Real(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        result.AddError($"{NameOf(result)} takes a finite number such as 0.9, not '{result.Tokens[0].Value}'.");
        return null;
    }

    private static string NameOf(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
