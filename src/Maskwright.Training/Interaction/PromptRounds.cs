using Maskwright.Training.Data;
using Maskwright.Training.Losses;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Interaction;

/// <summary>Lets the users of one image ask, judge and correct, round by round, and adds up how wrong the answers are.</summary>
/// <param name="network">Answers.</param>
/// <param name="options">How the parts of the loss are weighed.</param>
/// <param name="teacher">Answers as well, to be learned from; null for none.</param>
internal sealed class PromptRounds(PromptNetwork network, LossOptions options, PromptTeacher? teacher = null)
{
    private const double BestRatherThanFirst = 0.5;

    /// <summary>Runs all rounds.</summary>
    /// <param name="features">Of one image; gradients flow to them.</param>
    /// <param name="crop">The image, and who asks: they have given their first prompts.</param>
    /// <param name="rounds">How often they ask.</param>
    /// <param name="random">Says where they click.</param>
    /// <returns>The loss, the mean of rounds and users, and how good the answers were.</returns>
    public (TorchTensor Loss, RoundScores Scores) Run(IReadOnlyDictionary<string, TorchTensor> features, PromptedCrop crop, int rounds, SampleRandom random)
    {
        var (users, device) = (crop.Users, network.Weights.Device);
        var target = PromptTensors.OfMaps([.. users.Select(user => user.Target.Coverage)]).On(device);
        var known = PromptTensors.OfMaps([.. users.Select(user => user.Target.Known)]).On(device);
        var (hint, hasHint) = (torch.zeros_like(target), torch.zeros([users.Count], torch.ScalarType.Float32, device));
        var losses = new List<TorchTensor>();
        var judged = new List<(TorchTensor Quality, TorchTensor Ious)>();
        var scores = new RoundScores();
        for (var round = 0; round < rounds; round++)
        {
            var (points, labels) = PromptTensors.OfClicks(users);
            var prompts = new Dictionary<string, TorchTensor> { ["points"] = points.On(device), ["labels"] = labels.On(device), ["mask_input"] = hint, ["has_mask"] = hasHint };
            if (network.AsksRegions)
            {
                prompts["regions"] = PromptTensors.OfRegions(crop.Regions, users).On(device);
            }

            var (masks, quality) = network.Decode(features, prompts, TorchMode.Train);
            var ious = MaskLoss.Iou(masks, target, known);
            judged.Add((quality, ious));
            losses.Add(Judge(masks, quality, ious, target, known, scores));
            if (teacher is not null && crop.Taught is { } taught)
            {
                var lesson = DistillationLoss.Of(masks, quality, teacher.Answer(taught, users).On(device), options);
                losses[^1] = losses[^1].add(lesson, TorchNumber.Of(teacher.Weight));
                scores.Distillation.Add(lesson.ToDouble());
            }

            scores.Note(users, round, PromptTensors.ToArray(ious), (int)masks.shape[1]);
            if (round + 1 < rounds)
            {
                hint = Choose(masks, quality, random);
                hasHint = torch.ones_like(hasHint);
                Correct(users, PromptTensors.ToArray(hint), random);
            }
        }

        var ranking = RankingLoss.Of(torch.cat([.. judged.Select(round => round.Quality)], 1), torch.cat([.. judged.Select(round => round.Ious)], 1));
        scores.Ranking.Add(ranking.ToDouble());
        return (torch.stack(losses).mean().add(ranking, TorchNumber.Of(options.Ranking)), scores);
    }

    // The first output answers always; of the others, only the best learns from a prompt, so that they become different readings of it.
    private TorchTensor Judge(TorchTensor masks, TorchTensor quality, TorchTensor ious, TorchTensor target, TorchTensor known, RoundScores scores)
    {
        var focal = MaskLoss.Focal(masks, target, known, options.FocalExponent);
        var dice = MaskLoss.Dice(masks, target, known);
        var each = focal.mul(TorchNumber.Of(options.Focal)).add(dice, TorchNumber.Of(options.Dice));
        var loss = each.narrow(1, 0, 1).mean();
        if (masks.shape[1] > 1)
        {
            loss = loss.add(each.narrow(1, 1, masks.shape[1] - 1).amin([1]).mean(), TorchNumber.Of(options.Ambiguous));
        }

        var error = quality.sub(ious);
        var qualityLoss = error.mul(error).mean();
        scores.NoteLosses(focal.narrow(1, 0, 1).mean().ToDouble(), dice.narrow(1, 0, 1).mean().ToDouble(), qualityLoss.ToDouble());
        return loss.add(qualityLoss, TorchNumber.Of(options.Quality));
    }

    // The user sees the first output, or the one that the network itself thinks best.
    private static TorchTensor Choose(TorchTensor masks, TorchTensor quality, SampleRandom random)
    {
        using var still = torch.no_grad();
        var best = PromptTensors.ToArray(quality);
        var count = (int)masks.shape[1];
        var chosen = new List<TorchTensor>();
        for (var p = 0; p < masks.shape[0]; p++)
        {
            var own = best[(p * count)..((p + 1) * count)];
            var output = random.Chance(BestRatherThanFirst) ? Array.IndexOf(own, own.Max()) : 0;
            chosen.Add(masks.detach().narrow(0, p, 1).narrow(1, output, 1));
        }

        return torch.cat(chosen);
    }

    private static void Correct(IReadOnlyList<SimulatedUser> users, float[] logits, SampleRandom random)
    {
        var cells = logits.Length / users.Count;
        foreach (var (p, user) in users.Index())
        {
            user.Correct(logits.AsSpan(p * cells, cells), random);
        }
    }
}
