using Maskwright.Cli.Training;
using Maskwright.Training.Running;
using Maskwright.Training.Validation;
using Xunit;

namespace Maskwright.Cli.Tests.Training;

public class TrainingLinesTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Speed_and_time_left_are_told_once_they_are_known()
    {
        var pace = new TrainingPace(_clock, 8);
        _clock.Pass(20);
        pace.Note(10);
        var first = TrainingLines.Of(Progress(10), pace);
        _clock.Pass(5);
        pace.Note(20);

        Assert.Equal("  10/1000  loss 0.250  click IoU 0.500  rate 1.0e-3  norm 0.7", first);
        Assert.Equal("  20/1000  loss 0.250  click IoU 0.500  rate 1.0e-3  norm 0.7  16.0 crops/s  0:08:10 left", TrainingLines.Of(Progress(20), pace));
    }

    [Fact]
    public void Judging_does_not_slow_the_speed_but_counts_in_the_time_left()
    {
        var pace = new TrainingPace(_clock, 8);
        pace.Note(10);
        _clock.Pass(5);
        pace.Note(20);
        _clock.Pass(10);
        pace.NoteJudgement();
        _clock.Pass(5);
        pace.Note(30);

        Assert.Equal(16, pace.CropsPerSecond, 6);
        Assert.Equal(TimeSpan.FromSeconds(1000), pace.Left(1000));
        Assert.Null(new TrainingPace(_clock, 1).Left(1000));
    }

    [Fact]
    public void A_judgement_tells_its_measures_and_the_best()
    {
        var report = new ValidationReport(
            200, 1000, 40, new Dictionary<string, double> { ["mean_iou"] = 0.5, ["loss"] = double.NaN }, new Dictionary<string, double>(), "mean_iou", IsBest: false, BestStep: 150, BestValue: 0.61, Stops: false, []);

        Assert.Equal(" 200/1000  judged on 40 images: mean IoU 0.500  loss -  (best mean IoU 0.610 at step 150)", TrainingLines.Of(report));
        Assert.EndsWith("(the best so far)", TrainingLines.Of(report with { IsBest = true }), StringComparison.Ordinal);
    }

    private static TrainingProgress Progress(long step) =>
        new(step, 1000, 64, 0.001, 0.25, 0.7, new Dictionary<string, double> { ["focal"] = 0.1, ["click_iou"] = 0.5, ["later_iou"] = double.NaN });

    private sealed class Clock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Pass(long seconds) => _seconds += seconds;
    }
}
