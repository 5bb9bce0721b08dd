using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Geometry;
using Xunit;

namespace Maskwright.Formats.Tests.Datasets;

/// <summary>Asserts that a data set came back as it was, as far as some features go. What the source does not give, a format may add.</summary>
internal sealed class DatasetComparison(DatasetFeatures features)
{
    private const double LeastIou = 0.93; // where neither corners nor pixels are promised

    public void Check(AnnotatedDataset expected, AnnotatedDataset actual)
    {
        CheckCategories(expected, actual);
        CheckInfo(DatasetFeatures.Info, expected.Info, actual.Info, "info");
        var images = actual.Images.ToList();
        Assert.Equal(expected.Images.Count(), images.Count);
        foreach (var (image, index) in expected.Images.Select((image, i) => (image, i)))
        {
            Check(image, Counterpart(image, index, images));
        }
    }

    private bool Has(DatasetFeatures feature) => (features & feature) == feature;

    private AnnotatedImage Counterpart(AnnotatedImage image, int index, List<AnnotatedImage> images) =>
        Has(DatasetFeatures.FileNames) ? Assert.Single(images, other => other.FileName == image.FileName)
        : Has(DatasetFeatures.ImageIds) ? Assert.Single(images, other => other.Id == image.Id)
        : images[index];

    private void CheckCategories(AnnotatedDataset expected, AnnotatedDataset actual)
    {
        if (!Has(DatasetFeatures.Categories))
        {
            return;
        }

        foreach (var category in expected.Categories)
        {
            var other = Assert.Single(actual.Categories, other => other.Name == category.Name);
            Assert.True(!Has(DatasetFeatures.CategoryIds) || other.Id == category.Id, $"{category.Name} has the id {other.Id}");
            Assert.True(!Has(DatasetFeatures.Supercategories) || other.Supercategory == category.Supercategory, $"{category.Name} is of {other.Supercategory}");
            Assert.True(!Has(DatasetFeatures.Stuff) || other.IsThing == category.IsThing, $"{category.Name} is a thing: {other.IsThing}");
            Assert.True(!Has(DatasetFeatures.Colours) || category.Colour is null || other.Colour == category.Colour, $"{category.Name} is {other.Colour}");
            Assert.True(!Has(DatasetFeatures.Frequencies) || other.Frequency == category.Frequency, $"{category.Name} is {other.Frequency}");
            CheckInfo(DatasetFeatures.CategoryAttributes, category.Attributes, other.Attributes, category.Name);
        }
    }

    private void CheckInfo(DatasetFeatures feature, DatasetAttributes expected, DatasetAttributes actual, string of)
    {
        foreach (var (name, value) in Has(feature) ? expected : DatasetAttributes.Empty)
        {
            Assert.True(value.Equals(actual[name]), $"'{name}' of {of} is {actual[name]}, not {value}");
        }
    }

    private void Check(AnnotatedImage expected, AnnotatedImage actual)
    {
        Assert.Equal(expected.Size, actual.Size);
        Assert.True(!Has(DatasetFeatures.ImageIds) || expected.Id is null || actual.Id == expected.Id, $"{expected.FileName} has the id {actual.Id}");
        Assert.True(!Has(DatasetFeatures.Splits) || actual.Split == expected.Split, $"{expected.FileName} belongs to {actual.Split}");
        Assert.True(!Has(DatasetFeatures.Frequencies) || expected.AbsentCategoryIds is null || expected.AbsentCategoryIds.SequenceEqual(actual.AbsentCategoryIds ?? []), "absent categories differ");
        CheckInfo(DatasetFeatures.ImageAttributes, expected.Attributes, actual.Attributes, expected.FileName);
        var left = actual.Objects.ToList();
        foreach (var item in expected.Objects)
        {
            var match = left.FindIndex(other => Differences(item, other, expected.Size).Count == 0);
            Assert.True(match >= 0, match >= 0 ? null : Describe(item, left, expected));
            left.RemoveAt(match);
        }

        Assert.Empty(left);
    }

    private string Describe(AnnotatedObject item, List<AnnotatedObject> left, AnnotatedImage image)
    {
        var nearest = left.Select(other => Differences(item, other, image.Size)).MinBy(differences => differences.Count);
        return $"{image.FileName}: no counterpart of {item}; the nearest of {left.Count} differs in {string.Join(", ", nearest ?? ["everything"])}";
    }

    private List<string> Differences(AnnotatedObject expected, AnnotatedObject actual, ImageSize size)
    {
        var differences = new List<string>();
        void Compare(DatasetFeatures feature, bool isEqual, string what)
        {
            if (Has(feature) && !isEqual)
            {
                differences.Add(what);
            }
        }

        Compare(DatasetFeatures.Categories, expected.Category.Name == actual.Category.Name, $"category {actual.Category.Name}");
        Compare(DatasetFeatures.CategoryIds, expected.Category.Id == actual.Category.Id, $"category id {actual.Category.Id}");
        Compare(DatasetFeatures.None, HasSameShape(expected.Shape, actual.Shape, size), $"shape {actual.Shape}");
        Compare(DatasetFeatures.ObjectIds, expected.Id is null || expected.Id == actual.Id, $"id {actual.Id}");
        Compare(DatasetFeatures.Boxes, expected.Box is null || expected.Box == actual.Box, $"box {actual.Box}");
        Compare(DatasetFeatures.Areas, expected.Area is null || expected.Area == actual.Area, $"area {actual.Area}");
        Compare(DatasetFeatures.Crowds, expected.IsCrowd == actual.IsCrowd, "crowd flag");
        Compare(DatasetFeatures.IgnoreFlags, expected.IsIgnored == actual.IsIgnored, "ignore flag");
        Compare(DatasetFeatures.Scores, expected.Score == actual.Score, $"score {actual.Score}");
        Compare(DatasetFeatures.Groups, expected.GroupId == actual.GroupId, $"group {actual.GroupId}");
        Compare(DatasetFeatures.Tracks, expected.TrackId == actual.TrackId, $"track {actual.TrackId}");
        Compare(DatasetFeatures.Attributes, expected.Attributes.All(entry => entry.Value.Equals(actual.Attributes[entry.Key])), "attributes");
        return differences;
    }

    private bool HasSameShape(ObjectShape expected, ObjectShape actual, ImageSize size)
    {
        if (expected is BoxShape && Has(DatasetFeatures.BoxShapes))
        {
            return expected.Equals(actual);
        }

        if (expected is PolygonShape polygons && Has(polygons.HasHoles ? DatasetFeatures.ExactHoleVertices : DatasetFeatures.ExactVertices))
        {
            return expected.Equals(actual);
        }

        var (source, result) = (expected.ToMask(size), actual.ToMask(size));
        return Has(DatasetFeatures.ExactPixels) ? source.Equals(result) : source.Iou(result) >= LeastIou;
    }
}
