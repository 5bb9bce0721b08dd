using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Tests.Datasets;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Coco;

public sealed class CocoDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gathers_the_annotations_of_an_image_wherever_they_stand()
    {
        var dataset = Read("""
            {"annotations":[
              {"id":5,"image_id":2,"category_id":3,"bbox":[1,1,3,3]},
              {"id":6,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[40,8]},"iscrowd":1},
              {"id":7,"image_id":2,"category_id":3,"segmentation":[[1,1,4,1,4,4,1,4]]}],
             "images":[{"id":1,"width":8,"height":6,"file_name":"a.png"},{"id":2,"width":9,"height":6},{"id":3,"width":1,"height":1}],
             "categories":[{"id":3,"name":"cat"}]}
            """);

        Assert.Equal([[6L], [5L, 7L], []], dataset.Images.Select(image => image.Objects.Select(item => item.Id!.Value).ToArray()));
        var objects = dataset.Images.SelectMany(image => image.Objects).ToList();
        Assert.True(objects[0].IsCrowd);
        Assert.IsType<MaskShape>(objects[0].Shape);
        Assert.Equal(new BoxShape(new ObjectBox(1, 1, 3, 3)), objects[1].Shape);
        Assert.Equal(9, objects[2].Shape.ToMask(new ImageSize(9, 6)).Area);
    }

    [Fact]
    public void Carries_along_what_it_has_no_field_for()
    {
        const string Text = """
            {"info":{"year":2026,"note":null},"kind":"x","images":[{"id":1,"width":8,"height":6,"file_name":"a.png","licence":3,"tags":["a",1.0]}],
             "categories":[{"id":3,"name":"cat","supercategory":"animal","synset":"cat.n.01","color":[1,2,3]}],
             "annotations":[{"id":7,"image_id":1,"category_id":3,"bbox":[1,1,3,3],"area":9,"iscrowd":0,"keypoints":[1,2,2],"attributes":{"occluded":true}}]}
            """;
        var first = Read(Text);
        new CocoInstancesWriter().Write(first, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

        var written = File.ReadAllText(_folder.File("out.json"));
        Assert.Contains("\"info\":{\"year\":2026,\"note\":null},\"kind\":\"x\"", written, StringComparison.Ordinal);
        Assert.Contains("\"licence\":3,\"tags\":[\"a\",1.0]", written, StringComparison.Ordinal);
        Assert.Contains("\"synset\":\"cat.n.01\"", written, StringComparison.Ordinal);
        Assert.Contains("\"keypoints\":[1,2,2],\"attributes\":{\"occluded\":true}", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[0.1,1,4,1.0000000000000002,4,4.3]]", "[[0.1,1,4,1.0000000000000002,4,4.3]]")]
    [InlineData("{\"size\":[6,8],\"counts\":\"`1\"}", "{\"size\":[6,8],\"counts\":\"`1\"}")]
    [InlineData("{\"size\":[6,8],\"counts\":[40,3,5]}", "{\"size\":[6,8],\"counts\":\"X135\"}")]
    public void Shapes_are_written_as_they_were_read(string segmentation, string expected)
    {
        var dataset = Read($$"""
            {"images":[{"id":1,"width":8,"height":6}],"categories":[{"id":3,"name":"cat"}],
             "annotations":[{"id":7,"image_id":1,"category_id":3,"segmentation":{{segmentation}}}]}
            """);

        var report = new CocoInstancesWriter().Write(dataset, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

        Assert.Contains($"\"segmentation\":{expected}", File.ReadAllText(_folder.File("out.json")), StringComparison.Ordinal);
        Assert.True(report.IsLossless);
    }

    [Fact]
    public void Holes_dropped_for_polygons_are_counted_and_measured()
    {
        var mask = RunLengthMask.FromMask(AsciiMask.Parse("""
            ########..
            #.####.#..
            ########..
            """));
        var category = new DatasetCategory(1, "ring");
        var dataset = new AnnotatedDataset([category], [new AnnotatedImage("a.png", mask.Size, [new AnnotatedObject(category, new MaskShape(mask)) { Id = 4 }])]);

        var report = new CocoInstancesWriter().Write(
            dataset, _folder.File("out.json"), new DatasetWriteOptions { Shapes = ShapeEncoding.Polygons }, TestContext.Current.CancellationToken);

        Assert.Equal(22 / 24.0, report.WorstIou);
        Assert.Equal("2 holes dropped, 1 mask turned into polygons, worst IoU 0.916", report.Summary);
        Assert.Equal("a.png, object 4 (ring)", report.WorstObject);
        var back = Open(_folder.File("out.json")).Images.Single().Objects.Single().Shape;
        Assert.Equal(24, back.ToMask(mask.Size).Area);
    }

    [Fact]
    public void Objects_without_ids_get_free_ones_and_shared_ids_are_counted()
    {
        var category = new DatasetCategory(1, "x");
        AnnotatedObject Item(long? id) => new(category, new BoxShape(new ObjectBox(0, 0, 2, 2))) { Id = id };
        var dataset = new AnnotatedDataset([category], [new AnnotatedImage("a", new ImageSize(4, 4), [Item(1), Item(null), Item(1), Item(9)])]);

        var report = new CocoInstancesWriter().Write(dataset, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

        Assert.Equal(1, report[LossKind.ObjectIdsDropped]);
        Assert.Equal(4, Open(_folder.File("out.json")).Images.Single().Objects.Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Real_instances_come_back_as_they_were()
    {
        var source = Open(Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset", "cocoapi", "instances_val2014_100.json"));

        var report = new CocoInstancesWriter().Write(source, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

        Assert.True(report.IsLossless, report.Summary);
        Assert.Equal((100, 839), (report.Images, report.Objects));
        new DatasetComparison(new CocoInstancesWriter().Features).Check(source, Open(_folder.File("out.json")));
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Masks_are_those_of_the_evaluators_reader()
    {
        var path = Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset", "cocoapi", "instances_val2014_100.json");
        var truth = CocoReader.ReadInstances(path, TestContext.Current.CancellationToken).Objects.ToDictionary(item => item.Id);

        foreach (var image in Open(path).Images)
        {
            foreach (var item in image.Objects)
            {
                var expected = truth[item.Id!.Value];
                Assert.Equal(expected.Mask, item.Shape.ToMask(image.Size));
                Assert.Equal((expected.Area, expected.Box, expected.IsCrowd, expected.ImageId), (item.Area, item.Box, item.IsCrowd, image.Id));
            }
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Real_lvis_comes_back_as_it_was()
    {
        var path = Goldens.Data("metrics", "coco", "lvis", "lvis_val_100.json");
        Assert.Equal("lvis", DatasetFormats.Detect(path)?.FormatName);
        var source = new LvisReader().Open(path, null, TestContext.Current.CancellationToken);

        var report = new LvisWriter().Write(source, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

        Assert.True(report.IsLossless, report.Summary);
        new DatasetComparison(new LvisWriter().Features).Check(source, new LvisReader().Open(_folder.File("out.json"), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Panoptic_segments_are_those_of_the_detection_format_twin()
    {
        var twin = Open(Goldens.Data("metrics", "panoptic", "panoptic_coco_detection_format.json"));
        var panoptic = new PanopticReader().Open(Goldens.Data("metrics", "panoptic", "panoptic_examples.json"), null, TestContext.Current.CancellationToken);

        // The twin numbers its annotations anew and does not tell stuff from things.
        new DatasetComparison(DatasetFeatures.ExactPixels | DatasetFeatures.Boxes | DatasetFeatures.Areas | DatasetFeatures.Crowds | DatasetFeatures.CategoryIds | DatasetFeatures.ImageIds)
            .Check(twin, panoptic);
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Real_panoptic_segments_come_back_as_they_were()
    {
        foreach (var path in (string[])[Goldens.Data("metrics", "panoptic", "panoptic_examples.json")])
        {
            var source = new PanopticReader().Open(path, null, TestContext.Current.CancellationToken);

            var report = new PanopticWriter().Write(source, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

            Assert.True(report.IsLossless, report.Summary);
            new DatasetComparison(new PanopticWriter().Features).Check(source, new PanopticReader().Open(_folder.File("out.json"), null, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Panoptic_labels_of_the_goldens_become_masks_of_the_same_pixels()
    {
        var json = Goldens.Open("panoptic", "gt.json");
        var dataset = new PanopticReader().Open(
            json, new DatasetReadOptions { MaskFolder = Goldens.Open("panoptic", "gt"), KeepsGoing = true }, TestContext.Current.CancellationToken);

        foreach (var image in dataset.Images)
        {
            var labels = CocoPanopticReader.ReadLabels(Path.Combine(Goldens.Open("panoptic", "gt"), image.FileName)).Labels.ToArray();
            Assert.NotEmpty(image.Objects);
            Assert.All(image.Objects, item => Assert.Equal(labels.Count(label => label == item.Id), item.Shape.ToMask(image.Size).Area));
        }
    }

    [Fact]
    public void Results_take_images_and_categories_from_their_ground_truth()
    {
        File.WriteAllText(_folder.File("gt.json"), """
            {"images":[{"id":1,"width":8,"height":6,"file_name":"a.png"},{"id":2,"width":8,"height":6,"file_name":"b.png"}],"categories":[{"id":3,"name":"cat"}],"annotations":[]}
            """);
        File.WriteAllText(_folder.File("dt.json"), """[{"image_id":2,"category_id":3,"bbox":[1,1,2,2],"score":0.5}]""");

        var dataset = new CocoResultsReader().Open(
            _folder.File("dt.json"), new DatasetReadOptions { GroundTruthPath = _folder.File("gt.json") }, TestContext.Current.CancellationToken);

        Assert.Equal(["a.png", "b.png"], dataset.Images.Select(image => image.FileName));
        var found = dataset.Images.Last().Objects.Single();
        Assert.Equal(("cat", 0.5), (found.Category.Name, found.Score));
    }

    [Fact]
    public void Lvis_counts_the_uses_of_a_category_and_its_frequency()
    {
        var category = new DatasetCategory(1, "x");
        AnnotatedImage Image(int i) => new($"{i}.png", new ImageSize(4, 4), [new(category, new BoxShape(new ObjectBox(0, 0, 2, 2))), new(category, new BoxShape(new ObjectBox(0, 0, 1, 2)))]);
        var dataset = new AnnotatedDataset([category], [.. Enumerable.Range(0, 11).Select(Image)]);

        new LvisWriter().Write(dataset, _folder.File("out.json"), null, TestContext.Current.CancellationToken);

        Assert.Contains("\"frequency\":\"c\",\"image_count\":11,\"instance_count\":22", File.ReadAllText(_folder.File("out.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Sa1b_takes_the_predicted_iou_for_the_score_and_leaves_a_box_that_is_the_masks()
    {
        File.WriteAllText(_folder.File("sa_7.json"), """
            {"annotations":[{"id":9,"segmentation":{"size":[6,8],"counts":"V1230e0"},"area":5,"bbox":[1,1,1,1],"predicted_iou":0.9,"point_coords":[[2.5,1]],"crop_box":[0,0,8,6],"stability_score":0.97}],
             "image":{"image_id":7,"width":8,"height":6,"file_name":"sa_7.jpg"}}
            """.Replace("V1230e0", RunLengthMask.FromCounts(new ImageSize(8, 6), [7, 2, 4, 2, 33]).ToCocoString(), StringComparison.Ordinal));

        var dataset = new Sa1bReader().Open(_folder.Path, null, TestContext.Current.CancellationToken);
        var item = dataset.Images.Single().Objects.Single();

        Assert.Equal((7L, "sa_7.jpg"), (dataset.Images.Single().Id, dataset.Images.Single().FileName));
        Assert.Equal((9L, 0.9, null), (item.Id, item.Score, item.Box));
        Assert.Equal(["point_coords", "crop_box", "stability_score"], item.Attributes.Select(entry => entry.Key));
    }

    private AnnotatedDataset Read(string json)
    {
        File.WriteAllText(_folder.File("in.json"), json);
        return Open(_folder.File("in.json"));
    }

    private static AnnotatedDataset Open(string path) => new CocoInstancesReader().Open(path, null, TestContext.Current.CancellationToken);
}
