using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.GeoJson;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.GeoJson;

public sealed class GeoJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_every_shape_and_closes_its_rings()
    {
        var dataset = Dataset(Object(Triangle), Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));

        var (back, losses) = dataset.RoundTrip("geojson", _folder.File("out"));

        var image = Assert.Single(back.Images);
        SameObjects(dataset.Images.First(), image);
        Assert.Equal([Triangle, TwoParts, Frame, Box], image.Objects.Take(4).Select(item => item.Shape));
        Assert.Equal(1, losses[LossKind.MasksOutlined]);
        Assert.Contains("[[1.5,1],[8,2.25],[3,9],[1.5,1]]", File.ReadAllText(_folder.File("out", "a.geojson")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("geojson")]
    [InlineData("svg")]
    [InlineData("npz")]
    public void A_single_image_may_be_written_to_a_file_by_its_ending(string format)
    {
        var path = _folder.File($"region.{format}");

        var (back, _) = Dataset(Object(Spots)).RoundTrip(format, path);

        Assert.Single(back.Images);
        Assert.True(File.Exists(path));
        var fault = Assert.Throws<IOException>(() => Dataset(Object(Spots)).RoundTrip(format, path, new DatasetWriteOptions { Overwrite = false }));
        Assert.Contains("exists already", fault.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Reads_the_collections_of_others_by_the_picture_of_the_same_name()
    {
        Dataset().Pictures(_folder.Path);
        var path = Write("""
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "id": "3f1", "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [9, 1], [9, 9], [1, 1]], [[4, 2], [6, 2], [6, 3], [4, 2]]]}, "properties": {"objectType": "annotation", "classification": {"name": "Tumor", "color": [200, 0, 0]}}},
              {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[[[1, 1], [3, 1], [3, 3], [1, 1]]], [[[10, 10], [13, 10], [13, 13], [10, 10]]]]}, "properties": {"class": "cat", "value": 3}},
              {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 1]}, "properties": {}},
              {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [3, 1], [3, 3], [1, 1]]]}, "properties": null}]}
            """);
        var passedOver = new List<SkippedItem>();

        var image = Assert.Single(new GeoJsonReader().Open(path, new DatasetReadOptions { Skipped = passedOver.Add }).Images);

        Assert.Equal(("a.png", Size), (image.FileName, image.Size));
        Assert.Equal(["Tumor", "cat", "object"], image.Objects.Select(item => item.Category.Name));
        Assert.Equal(1, Assert.IsType<PolygonShape>(image.Objects[0].Shape).HoleCount);
        Assert.Equal(new IntegerValue(3), image.Objects[1].Attributes["value"]);
        Assert.Equal(4, Assert.Single(passedOver).Line);
    }

    [Theory]
    [InlineData("{\"type\": \"Polygon\", \"coordinates\": [[[1, 1], [9, 1], [9, 9], [1, 2]]]}", "is not closed")]
    [InlineData("{\"type\": \"Polygon\", \"coordinates\": [[[1, 1], [9, 1], [1, 1]]]}", "at least 4")]
    [InlineData("{\"type\": \"Polygon\", \"coordinates\": [[[1, 1], [9, 1], [9e99, 2], [1, 1]]]}", "no place near an image")]
    [InlineData("{\"type\": \"Polygon\", \"coordinates\": [[[1, 1, 5], [9, 1, 5], [9, 2, 5], [1, 1, 5]]]}", "not a pair")]
    [InlineData("{\"type\": \"GeometryCollection\", \"geometries\": []}", "'GeometryCollection' is not read")]
    [Trait("Kind", "hostile")]
    public void Says_where_a_file_is_wrong(string geometry, string reason)
    {
        var path = Write("{\"type\": \"FeatureCollection\", \"image\": {\"file_name\": \"a.png\", \"width\": 20, \"height\": 16}, \"features\": [\n{\"type\": \"Feature\", \"properties\": {}, \"geometry\": " + geometry + "}]}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new GeoJsonReader().Open(path).Images.Count());

        Assert.Equal(2, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_categories_whose_names_are_no_Unicode()
    {
        var path = Write("{\"type\": \"FeatureCollection\",\n\"categories\": [{\"id\": 1, \"name\": \"\\ud800\"}], \"features\": []}");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new GeoJsonReader().Open(path));

        Assert.Equal(2, fault.Line);
        Assert.Contains("not valid Unicode", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_coordinates_on_the_globe()
    {
        var path = Write("{\"type\": \"FeatureCollection\", \"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"EPSG:3857\"}}, \"features\": []}");

        Assert.Contains("'crs'", Assert.Throws<InvalidAnnotationException>(() => new GeoJsonReader().Open(path).Images.Count()).Message, StringComparison.Ordinal);
    }

    private string Write(string content)
    {
        File.WriteAllText(_folder.File("a.geojson"), content);
        return _folder.File("a.geojson");
    }
}
