using System.Globalization;
using Maskwright.PostProcessing;

namespace Maskwright.Bench.Evaluation;

/// <summary>Settings of refinement to be tried: <c>--crf NAME=VALUE,...</c> and <c>--cut NAME=VALUE,...</c>, names as in the options.</summary>
internal sealed record RefinementSettings(FullyConnectedCrfOptions Crf, GrabCutOptions Cut)
{
    public static RefinementSettings Parse(string[] arguments)
    {
        var settings = new RefinementSettings(new FullyConnectedCrfOptions(), new GrabCutOptions());
        Set(arguments, "--crf", settings.Crf);
        Set(arguments, "--cut", settings.Cut);
        return settings;
    }

    private static void Set(string[] arguments, string name, object options)
    {
        var at = Array.IndexOf(arguments, name);
        var pairs = at >= 0 && at + 1 < arguments.Length ? arguments[at + 1].Split(',') : [];
        foreach (var pair in pairs.Select(text => text.Split('=')))
        {
            var property = options.GetType().GetProperty(pair[0]) ?? throw new ArgumentException($"{options.GetType().Name} has no {pair[0]}.");
            property.SetValue(options, Convert.ChangeType(pair[1], property.PropertyType, CultureInfo.InvariantCulture));
        }
    }
}
