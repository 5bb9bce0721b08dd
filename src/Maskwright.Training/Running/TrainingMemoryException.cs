using Maskwright.Training.Recipes;

namespace Maskwright.Training.Running;

/// <summary>A run does not fit into memory; the last checkpoint is still good.</summary>
public sealed class TrainingMemoryException : OutOfMemoryException
{
    // What libtorch's allocators say; it has no exception of its own for it.
    private static readonly string[] s_signs = ["allocate memory", "not enough memory", "out of memory"];

    /// <summary>Says what to lower.</summary>
    /// <param name="step">The step that did not fit, 0 for the first.</param>
    /// <param name="recipe">How the run goes.</param>
    /// <param name="inner">What ran out of memory.</param>
    public TrainingMemoryException(long step, TrainingRecipe recipe, Exception inner)
        : base(Advice(step, recipe), inner)
    {
    }

    /// <summary>Whether an exception means that memory ran out.</summary>
    internal static bool IsMeantBy(Exception fault) => fault switch
    {
        OutOfMemoryException => true,
        AggregateException several => several.InnerExceptions.Any(IsMeantBy),
        System.Runtime.InteropServices.ExternalException => s_signs.Any(sign => fault.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static string Advice(long step, TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var whole = recipe.BatchSize > 1 ? $"batchSize ({recipe.BatchSize}; accumulate makes up for it), " : string.Empty;
        return $"Step {step + 1} does not fit into memory. Lower {whole}the side of crops ({recipe.SideAt(step)}), workers ({recipe.Workers}) or cacheMegabytes ({recipe.CacheMegabytes}), or choose a smaller network. The last checkpoint is good.";
    }
}
