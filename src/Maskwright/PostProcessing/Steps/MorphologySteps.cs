using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Steps with a structuring element.</summary>
internal static class MorphologySteps
{
    private static readonly StepParameter _size = new("size", "side of the neighbourhood, in pixels") { Default = "3", Min = 1, Max = 4095, IsWhole = true };

    private static readonly StepParameter _shape = new("shape", "its form: rect, ellipse, cross, or a line that is horizontal, vertical, falling or rising")
    {
        Default = "rect",
        Choices = ["rect", "ellipse", "cross", "horizontal", "vertical", "falling", "rising"],
    };

    public static IReadOnlyList<StepDescription> All { get; } =
    [
        Step("erode", "Takes pixels off the border: keeps what the neighbourhood fits into wholly.", Erosion.Apply),
        Step("dilate", "Grows the mask by the neighbourhood.", Dilation.Apply),
        Step("open", "Takes away specks and spurs that are narrower than the neighbourhood.", Opening.Apply),
        Step("close", "Fills gaps and cracks that are narrower than the neighbourhood.", Closing.Apply),
        Step("gradient", "Keeps a band along the border: the dilation without the erosion.", MorphologicalGradient.Apply),
        Step("top-hat", "Keeps what opening would take away.", TopHat.Apply),
        Step("black-hat", "Keeps what closing would add.", BlackHat.Apply),
    ];

    private static StepDescription Step(string name, string summary, Func<BinaryMask, StructuringElement, int, BinaryMask> operation) => new(
        name,
        summary,
        arguments =>
        {
            var element = Element(arguments.Choice("shape"), arguments.Whole("size"));
            return EachMask.Change(mask => operation(mask, element, 1));
        },
        _size,
        _shape);

    private static StructuringElement Element(string shape, int size) => shape switch
    {
        "rect" => StructuringElement.Rectangle(size, size),
        "ellipse" => StructuringElement.Ellipse(size, size),
        "cross" => StructuringElement.Cross(size, size),
        "horizontal" => StructuringElement.Line(size, LineDirection.Horizontal),
        "vertical" => StructuringElement.Line(size, LineDirection.Vertical),
        "falling" => StructuringElement.Line(size, LineDirection.Falling),
        _ => StructuringElement.Line(size, LineDirection.Rising),
    };
}
