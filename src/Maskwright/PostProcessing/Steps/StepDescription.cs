using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>A kind of post-processing step: its name, what it does, and its parameters.</summary>
public sealed class StepDescription
{
    internal StepDescription(string name, string summary, Func<StepArguments, StepAction> prepare, params StepParameter[] parameters) =>
        (Name, Summary, Prepare, Parameters) = (name, summary, prepare, parameters);

    /// <summary>The name under which it is asked for.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence or two.</summary>
    public string Summary { get; }

    /// <summary>The parameters, in the order in which values without a name are taken.</summary>
    public IReadOnlyList<StepParameter> Parameters { get; }

    /// <summary>Whether it looks at the image.</summary>
    public bool NeedsImage { get; internal init; }

    /// <summary>How it is written: the name, then the parameters with their defaults.</summary>
    public string Usage => Parameters.Count == 0 ? Name : $"{Name}:{string.Join(',', Parameters.Select(Show))}";

    internal Func<StepArguments, StepAction> Prepare { get; }

    private static string Show(StepParameter parameter) => parameter.Default is null or "" ? parameter.Name.ToUpperInvariant() : $"{parameter.Name}={parameter.Default}";
}

/// <summary>What a prepared step does with the masks of one image; the image is there when the step asked for it.</summary>
internal delegate IReadOnlyList<StepMask> StepAction(IReadOnlyList<StepMask> masks, RgbImage? image, CancellationToken cancellation);
