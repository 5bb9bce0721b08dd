namespace Maskwright.Formats.Classes;

/// <summary>The formats for masks that stand for classes, one mask a class; every format of <see cref="MaskWriters"/> takes such masks too.</summary>
public static class ClassWriters
{
    /// <summary>Every format of this kind, in the order in which help lists them.</summary>
    public static IReadOnlyList<IMaskWriter> All { get; } = [new ClassMapWriter(), new ClassMasksWriter(), new ClassProbabilitiesWriter(), new ClassOverlayWriter()];
}
