using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.LabelStudio;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.LabelStudio;

public sealed class LabelStudioTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_every_pixel_as_an_annotation_or_with_scores_as_a_prediction()
    {
        var dataset = Dataset(Object(Triangle), Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));
        var scored = Dataset(Object(Triangle) with { Score = 0.25 }, Object(Spots));

        var (back, losses) = dataset.RoundTrip("labelstudio", _folder.File("a.json"));
        var (backScored, _) = scored.RoundTrip("labelstudio", _folder.File("b.json"));

        SameObjects(dataset.Images.First(), Assert.Single(back.Images));
        Assert.Equal(1, losses.WorstIou);
        Assert.Equal([0.25, null], Assert.Single(backScored.Images).Objects.Select(item => item.Score));
        Assert.Contains("\"predictions\"", File.ReadAllText(_folder.File("b.json")), StringComparison.Ordinal);
        Assert.Contains("\"annotations\"", File.ReadAllText(_folder.File("a.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_an_export_with_every_kind_of_region()
    {
        var rle = string.Join(", ", BrushRle.Encode(Spots.Mask.ToBinaryMask()));
        var bitmask = Convert.ToBase64String(Formats.Images.ImageWriter.EncodePng(Spots.Mask.ToBinaryMask()));
        var common = "\"from_name\": \"label\", \"to_name\": \"image\", \"original_width\": 20, \"original_height\": 16, \"image_rotation\": 0";
        var path = Write($$$"""
            [{"id": 7, "data": {"image": "/data/local-files/?d=set%201/a.png", "batch": 3}, "annotations": [
              {"id": 1, "was_cancelled": true, "result": []},
              {"id": 2, "was_cancelled": false, "result": [
                {"id": "aB1", "type": "brushlabels", {{{common}}}, "value": {"format": "rle", "rle": [{{{rle}}}], "brushlabels": ["cat"]}},
                {"id": "aB2", "type": "polygonlabels", {{{common}}}, "value": {"points": [[5, 6.25], [40, 6.25], [40, 50]], "closed": true, "polygonlabels": ["dog"]}, "meta": {"text": ["a note"]}},
                {"id": "aB3", "type": "rectangle", {{{common}}}, "value": {"x": 10, "y": 25, "width": 50, "height": 50, "rotation": 0}},
                {"id": "aB3", "type": "labels", {{{common}}}, "value": {"x": 10, "y": 25, "width": 50, "height": 50, "rotation": 0, "labels": ["cat"]}},
                {"id": "aB3", "type": "choices", "from_name": "pose", "to_name": "image", "value": {"choices": ["left"]}},
                {"id": "aB4", "type": "bitmasklabels", {{{common}}}, "value": {"imageDataURL": "data:image/png;base64,{{{bitmask}}}", "bitmasklabels": ["cat"]}},
                {"id": "aB5", "type": "ellipselabels", {{{common}}}, "value": {"x": 50, "y": 50, "radiusX": 20, "radiusY": 18.75, "rotation": 0, "ellipselabels": ["dog"]}},
                {"id": "aB6", "type": "keypointlabels", {{{common}}}, "value": {"x": 50, "y": 50, "width": 1, "keypointlabels": ["dog"]}},
                {"id": "aB7", "type": "brush", {{{common}}}, "value": {"format": "rle", "rle": [{{{rle}}}]}}
              ]}], "predictions": [{"result": [], "score": 0.5}]}]
            """);
        var passedOver = new List<SkippedItem>();

        var dataset = new LabelStudioReader().Open(path, new DatasetReadOptions { Skipped = passedOver.Add });
        passedOver.Clear();
        var image = Assert.Single(dataset.Images);

        Assert.Equal(("set 1/a.png", 7L, Size), (image.FileName, image.Id, image.Size));
        Assert.Equal(new IntegerValue(3), image.Attributes["batch"]);
        Assert.Equal(["cat", "dog", "cat", "cat", "dog", "object"], image.Objects.Select(item => item.Category.Name));
        Assert.Equal(Spots, image.Objects[0].Shape);
        Assert.Equal([1, 1, 8, 1, 8, 8], PolygonPart.ToNumbers(Assert.IsType<PolygonShape>(image.Objects[1].Shape).Parts[0].Outer));
        Assert.Equal(new Metrics.ObjectBox(2, 4, 10, 8), image.Objects[2].Shape.Bounds);
        Assert.Equal(new TextValue("left"), image.Objects[2].Attributes["pose"]);
        Assert.Equal(Spots, image.Objects[3].Shape);
        Assert.InRange(image.Objects[4].Shape.ToMask(Size).Area, 35, 40);
        Assert.Equal(2, passedOver.Count);
    }

    [Theory]
    [InlineData("{}", 1, "a list of tasks")]
    [InlineData("[{\"\\ud800annotations\": 1, \"data\": {\"image\": \"a.png\"}}]", 1, "a name is not valid Unicode")]
    [InlineData("[{\"data\": {\"image\": \"a.png\"},\n\"annotations\": [{\"result\": [\n{\"type\": \"brushlabels\", \"original_width\": 20, \"original_height\": 16, \"value\": {\"rle\": [300], \"brushlabels\": [\"x\"]}}]}]}]", 3, "is not a byte")]
    [InlineData("[{\"data\": {\"image\": \"a.png\"},\n\"annotations\": [{\"result\": [\n{\"type\": \"brushlabels\", \"original_width\": 20, \"original_height\": 16, \"value\": {\"rle\": [0, 0, 5], \"brushlabels\": [\"x\"]}}]}]}]", 3, "too few")]
    [InlineData("[{\"data\": {\"image\": \"a.png\"},\n\"annotations\": [{\"result\": [\n{\"type\": \"polygonlabels\", \"original_width\": 20, \"original_height\": 16, \"value\": {\"points\": [[1, 2], [3, 4]], \"polygonlabels\": [\"x\"]}}]}]}]", 3, "a polygon of 2 points")]
    [InlineData("[{\"data\": {\"image\": \"a.png\"},\n\"annotations\": [{\"result\": [\n{\"type\": \"polygonlabels\", \"original_width\": 20, \"original_height\": 16, \"image_rotation\": 90, \"value\": {\"points\": [[1, 2], [3, 4]], \"polygonlabels\": [\"x\"]}}]}]}]", 3, "was turned")]
    [InlineData("[{\"data\": {\"image\": \"a.png\"},\n\"annotations\": [{\"result\": []}]}]", 1, "how large")]
    [InlineData("[{\"data\": {\"text\": \"hello\"},\n\"annotations\": [{\"result\": []}]}]", 1, "names no image")]
    [InlineData("[{\"id\": 1},\n{", 1, "'data' is missing")]
    [Trait("Kind", "hostile")]
    public void Says_where_a_file_is_wrong(string content, long line, string reason)
    {
        var path = Write(content);

        var fault = Assert.Throws<InvalidAnnotationException>(() => content.EndsWith('{') ? new LabelStudioReader().Open(path, new DatasetReadOptions { KeepsGoing = false }).Images.Count() : new LabelStudioReader().Open(path).Images.Count());

        Assert.Equal(path, fault.Path);
        Assert.Equal(content.EndsWith('{') ? 2 : line, fault.Line);
        Assert.Contains(content.EndsWith('{') ? string.Empty : reason, fault.Message, StringComparison.Ordinal);
    }

    private string Write(string content)
    {
        File.WriteAllText(_folder.File("tasks.json"), content);
        return _folder.File("tasks.json");
    }
}
