using Maskwright.Training.Data;
using Maskwright.Training.Running;
using Maskwright.Training.Semantic;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class ClassSurveyTests
{
    [Fact]
    public void Classes_that_no_photo_shows_are_told_once_when_nearly_all_photos_were_seen()
    {
        var survey = new ClassSurvey(["cat", "dog", "horse"], photos: 2);
        var batch = new TrainingBatch(0, 8, [Crop(1), Crop(1)]);

        survey.Note(batch);
        survey.Note(batch);
        Assert.Empty(survey.Notes(isEnd: false));
        survey.Note(new TrainingBatch(0, 8, [Crop(1), Crop(3)]));

        Assert.StartsWith("no photo of the 6 crops so far shows dog:", Assert.Single(survey.Notes(isEnd: false)), StringComparison.Ordinal);
        Assert.Empty(survey.Notes(isEnd: true));
    }

    [Fact]
    public void The_end_of_a_short_run_tells_too()
    {
        var survey = new ClassSurvey(["cat", "dog"], photos: 200);
        survey.Note(new TrainingBatch(0, 8, [Crop(2)]));

        Assert.Contains("shows cat", Assert.Single(survey.Notes(isEnd: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_where_classes_are_of_no_matter()
    {
        var survey = new ClassSurvey([], photos: 1);
        survey.Note(new TrainingBatch(0, 8, [Crop(7)]));

        Assert.Empty(survey.Notes(isEnd: true));
    }

    private static SemanticCrop Crop(int number) =>
        new(new TrainingCrop(8, new byte[192], [new ushort[64]], IsExhaustive: true) { Classes = new Dictionary<ushort, int> { [1] = number } }, new long[64]);
}
