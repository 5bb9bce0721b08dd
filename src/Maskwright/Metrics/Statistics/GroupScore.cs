namespace Maskwright.Metrics;

/// <summary>A measure within one group of items.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Count">The number of items in it.</param>
/// <param name="Mean">The mean of their values, with its interval.</param>
public sealed record GroupScore(string Group, int Count, ConfidenceInterval Mean)
{
    /// <summary>Sums values up group by group, so that unequal quality shows.</summary>
    /// <typeparam name="T">What was measured.</typeparam>
    /// <param name="items">The items; none gives no group.</param>
    /// <param name="group">Names an item's group: its class, its size, any attribute.</param>
    /// <param name="value">An item's measure, finite.</param>
    /// <param name="options">How to resample; null for the customs.</param>
    /// <returns>The groups by name.</returns>
    /// <exception cref="ArgumentException">A value is not finite, or the options are not valid.</exception>
    public static IReadOnlyList<GroupScore> ByGroup<T>(IEnumerable<T> items, Func<T, string> group, Func<T, double> value, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        return
        [
            .. from item in items
               group value(item) by @group(item) into members
               orderby members.Key
               let values = members.ToArray()
               select new GroupScore(members.Key, values.Length, Bootstrap.OfMean(values, options)),
        ];
    }

    /// <summary>The name of an object's size group by COCO's limits: small, medium or large.</summary>
    /// <param name="areaPixels">The object's area.</param>
    public static string SizeGroup(double areaPixels) => areaPixels < 32 * 32 ? "small" : areaPixels < 96 * 96 ? "medium" : "large";
}
