namespace Maskwright.Training.Interaction;

/// <summary>How good the answers to one image's users were.</summary>
internal sealed class RoundScores
{
    /// <summary>The first output's IoU after one click.</summary>
    public Mean Click { get; } = new();

    /// <summary>The best output's IoU after one click.</summary>
    public Mean BestOfClick { get; } = new();

    /// <summary>The first output's IoU after a box.</summary>
    public Mean Box { get; } = new();

    /// <summary>The first output's IoU in rounds after the first.</summary>
    public Mean Later { get; } = new();

    /// <summary>The first output's focal loss.</summary>
    public Mean Focal { get; } = new();

    /// <summary>The first output's Dice loss.</summary>
    public Mean Dice { get; } = new();

    /// <summary>The quality head's squared error.</summary>
    public Mean Quality { get; } = new();

    /// <summary>How far the answers were from the teacher's.</summary>
    public Mean Distillation { get; } = new();

    /// <summary>The error of the quality head's ranking.</summary>
    public Mean Ranking { get; } = new();

    public void NoteLosses(double focal, double dice, double quality)
    {
        Focal.Add(focal);
        Dice.Add(dice);
        Quality.Add(quality);
    }

    /// <summary>Notes a round.</summary>
    /// <param name="users">P users.</param>
    /// <param name="round">0 for the first.</param>
    /// <param name="ious">[P,M].</param>
    /// <param name="outputs">M.</param>
    public void Note(IReadOnlyList<SimulatedUser> users, int round, float[] ious, int outputs)
    {
        for (var p = 0; p < users.Count; p++)
        {
            var first = ious[p * outputs];
            if (round > 0)
            {
                Later.Add(first);
            }
            else if (users[p].Clicks[0].Label == ClickLabel.BoxStart)
            {
                Box.Add(first);
            }
            else
            {
                Click.Add(first);
                BestOfClick.Add(ious.AsSpan(p * outputs, outputs).ToArray().Max());
            }
        }
    }

    /// <summary>Takes another image's scores in.</summary>
    public void Add(RoundScores other)
    {
        Click.Add(other.Click);
        BestOfClick.Add(other.BestOfClick);
        Box.Add(other.Box);
        Later.Add(other.Later);
        Focal.Add(other.Focal);
        Dice.Add(other.Dice);
        Quality.Add(other.Quality);
        Distillation.Add(other.Distillation);
        Ranking.Add(other.Ranking);
    }
}
