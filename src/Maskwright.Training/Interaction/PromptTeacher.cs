using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Interaction;

/// <summary>Another promptable model, which is asked what the network is asked.</summary>
/// <param name="segmenter">The model; borrowed.</param>
/// <param name="options">How much it counts.</param>
internal sealed class PromptTeacher(IPromptSegmenter segmenter, DistillationOptions options)
{
    // Above the numbers of labelled objects, of which an unlabelled crop may hold too small ones.
    private const int FirstNumber = 60_000;

    /// <summary>The weight of its answers.</summary>
    public double Weight => options.Weight;

    /// <summary>Looks at a crop; the caller disposes the result.</summary>
    public ImageEmbedding Encode(TrainingCrop crop) => segmenter.Encode(new RgbImage(crop.Side, crop.Side, crop.Pixels));

    /// <summary>Answers all users: to a single click several masks, else one.</summary>
    /// <param name="embedding">Of the crop.</param>
    /// <param name="users">P users.</param>
    public TeacherAnswers Answer(ImageEmbedding embedding, IReadOnlyList<SimulatedUser> users)
    {
        var answers = users.Select(user => Answer(embedding, user.Prompt)).ToList();
        var width = users[0].Target.Width;
        var side = new ImageSize(users[0].Target.Side, users[0].Target.Side);
        var most = answers.Max(answer => answer.MasksPerPrompt);
        var (maps, quality) = (new List<float[]>(), new List<float>());
        foreach (var answer in answers)
        {
            // The one it believes in most comes first; a prompt with fewer masks repeats its best.
            var order = Enumerable.Range(0, answer.MasksPerPrompt).OrderByDescending(mask => answer.Quality(0, mask)).ToArray();
            foreach (var mask in Enumerable.Range(0, most).Select(i => order[i < order.Length ? i : 0]))
            {
                maps.Add(Probabilities(answer.Logits(0, mask), side, width));
                quality.Add(Math.Clamp(answer.Quality(0, mask), 0, 1));
            }
        }

        return new TeacherAnswers(PromptTensors.OfMaps(maps).view(users.Count, most, width, width), PromptTensors.Of([.. quality], users.Count, most));
    }

    /// <summary>Takes masks that random clicks give as objects of a crop in which nothing is labelled.</summary>
    /// <param name="embedding">Of the crop.</param>
    /// <param name="crop">Layers are added to it.</param>
    /// <param name="count">Clicks.</param>
    /// <param name="random">Says where.</param>
    public void AddObjects(ImageEmbedding embedding, TrainingCrop crop, int count, SampleRandom random)
    {
        for (var i = 0; i < count; i++)
        {
            var click = Prompt.Point(random.Next(crop.Side) + 0.5, random.Next(crop.Side) + 0.5);
            var answer = segmenter.Predict(embedding, [click], new PredictionOptions());
            var good = Enumerable.Range(0, answer.MasksPerPrompt).Where(mask => answer.Quality(0, mask) >= options.LeastQuality).ToArray();
            if (good.Length > 0)
            {
                var mask = LogitThresholding.Cut(answer.Logits(0, good[random.Next(good.Length)]), segmenter.MaskThresholdLogit).Mask.ToBinaryMask();
                crop.Layers.Add([.. Enumerable.Range(0, crop.Side * crop.Side).Select(at => mask[at % crop.Side, at / crop.Side] ? (ushort)(FirstNumber + i) : ObjectLayers.Nothing)]);
            }
        }
    }

    private MaskPredictions Answer(ImageEmbedding embedding, Prompt prompt) =>
        segmenter.Predict(embedding, [prompt], new PredictionOptions { Multimask = prompt.Points.Count == 1 && prompt.Box is null });

    private float[] Probabilities(MaskLogits logits, ImageSize side, int width)
    {
        var map = MaskHintSampling.ToMap(logits, LogitFrame.Identity(side), width, width);
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = (float)(1 / (1 + Math.Exp(segmenter.MaskThresholdLogit - map[i])));
        }

        return map;
    }
}

/// <summary>What the teacher answers to P prompts with T masks each, the one it believes in most first.</summary>
/// <param name="Masks">[P,T,w,w] in [0,1].</param>
/// <param name="Quality">[P,T] in [0,1].</param>
internal sealed record TeacherAnswers(TorchTensor Masks, TorchTensor Quality)
{
    /// <summary>The same on a device.</summary>
    public TeacherAnswers On(torch.Device device) => new(Masks.On(device), Quality.On(device));
}
