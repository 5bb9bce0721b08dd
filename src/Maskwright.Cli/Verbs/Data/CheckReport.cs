using System.Globalization;
using Maskwright.Cli.Reporting;
using Maskwright.Datasets.Checking;

namespace Maskwright.Cli.Verbs.Data;

/// <summary>What <c>data check</c> found, for people and for programs.</summary>
internal static class CheckReport
{
    private static readonly FindingSeverity[] s_worstFirst = [FindingSeverity.Error, FindingSeverity.Suspicion, FindingSeverity.Note];

    /// <summary>One line about the whole.</summary>
    public static string Title(DatasetCheck check) =>
        $"{Count(check.Parts.Sum(part => part.Images), "image")}, {Count(check.Parts.Sum(part => part.Objects), "object")}: {string.Join(", ", s_worstFirst.Select(severity => Count(check.Findings.Count(finding => finding.Severity == severity), Word(severity))))}";

    /// <summary>The document for programs.</summary>
    public static object Of(DatasetCheck check) => new
    {
        Parts = check.Parts.Select(part => new { part.Name, part.Images, part.Objects, part.Sizes.Small, part.Sizes.Medium, part.Sizes.Large, Classes = part.ObjectsByCategory }),
        Counts = check.Findings.GroupBy(finding => finding.Kind).OrderBy(group => group.Key).ToDictionary(group => Name(group.Key), group => group.Count()),
        Findings = check.Findings.Select(finding => new
        {
            Kind = Name(finding.Kind),
            Severity = Word(finding.Severity),
            Part = finding.Part.Length > 0 ? finding.Part : null,
            finding.Image,
            finding.ObjectId,
            finding.ObjectIndex,
            finding.Category,
            At = finding.At is { } at ? (double[])[at.X, at.Y] : null,
            OtherImage = finding.Other?.Image,
            OtherPart = finding.Other is { Part.Length: > 0 } other ? other.Part : null,
            finding.Message,
        }),
    };

    /// <summary>Writes tables and the worst findings of each kind.</summary>
    public static void Write(DatasetCheck check, int examples, TextWriter target)
    {
        TextTable.Write(target, ["PART", "IMAGES", "OBJECTS", "CLASSES", "SMALL", "MEDIUM", "LARGE"], check.Parts.Select(part => new[]
        {
            part.Name.Length > 0 ? part.Name : "-", Text(part.Images), Text(part.Objects), Text(part.ObjectsByCategory.Count), Text(part.Sizes.Small), Text(part.Sizes.Medium), Text(part.Sizes.Large),
        }));
        foreach (var group in check.Findings.GroupBy(finding => finding.Kind).OrderByDescending(group => group.Max(finding => finding.Severity)).ThenBy(group => group.Key))
        {
            target.WriteLine();
            target.WriteLine($"{Word(group.Max(finding => finding.Severity))}: {Name(group.Key)} ({group.Count()})");
            foreach (var finding in group.OrderByDescending(finding => finding.Weight).Take(examples))
            {
                target.WriteLine($"  {Place(finding)}{finding.Message}");
            }

            if (group.Count() > examples && examples > 0)
            {
                target.WriteLine($"  ... and {group.Count() - examples} more");
            }
        }

        target.WriteLine();
        target.WriteLine(check.Findings.Count == 0 ? $"Nothing wrong was found in {Title(check).Split(':')[0]}." : Title(check));
    }

    /// <summary>A kind's name as programs read it: <c>size_disagrees</c>.</summary>
    public static string Name(FindingKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static string Word(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Suspicion => "suspicion",
        _ => "note",
    };

    private static string Place(DatasetFinding finding)
    {
        var part = finding.Part.Length > 0 ? $"{finding.Part}: " : string.Empty;
        var item = finding.ObjectId is { } id ? $" (object {id})" : string.Empty;
        return finding.Image is null ? part : $"{part}{finding.Image}{item}: ";
    }

    private static string Count(int count, string word) => $"{Text(count)} {word}{(count == 1 ? string.Empty : "s")}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
