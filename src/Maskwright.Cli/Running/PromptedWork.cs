using Maskwright.Cli.Inputs;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Running;

/// <summary>Answers the prompts of a command line on one image.</summary>
/// <param name="segmenter">Answers them; borrowed.</param>
/// <param name="objects">What the command line says, one entry an object.</param>
/// <param name="multimask">Whether every proposed mask is kept, not only the best one.</param>
internal sealed class PromptedWork(IPromptSegmenter segmenter, IReadOnlyList<ObjectPrompt> objects, bool multimask)
{
    private const string Encoding = "looking at the image", Decoding = "answering prompts";

    public ImageResult Run(RgbImage image, string path, IProgress<GenerationProgress> progress, CancellationToken cancellationToken)
    {
        var prompts = objects.Select(item => ToPrompt(item, image.Size)).ToList();
        progress.Report(new GenerationProgress(Encoding, 0, 2));
        using var embedding = segmenter.Encode(image, cancellationToken);
        progress.Report(new GenerationProgress(Decoding, 1, 2));
        var proposals = Answer(embedding, prompts, cancellationToken);
        progress.Report(new GenerationProgress(Decoding, 2, 2));
        return new ImageResult(proposals, prompts, null);
    }

    private static Prompt ToPrompt(ObjectPrompt item, ImageSize size)
    {
        var prompt = new Prompt { Points = item.Points, Box = item.Box };
        try
        {
            prompt.Validate(size);
        }
        catch (ArgumentException e)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, e.Message, e);
        }

        return item.MaskFile is { } file ? prompt with { MaskHint = MaskHintFile.Read(file, size) } : prompt;
    }

    // One click can mean the whole, a part or a subpart: such a prompt is asked for all three, and the best is taken, unless the model's single mask weighs
    // them itself. Where more is said, the single mask is better (segment-anything's ONNX export makes the same choice).
    private List<MaskProposal> Answer(ImageEmbedding embedding, List<Prompt> prompts, CancellationToken cancellationToken)
    {
        var answers = new IReadOnlyList<MaskProposal>[prompts.Count];
        foreach (var group in Enumerable.Range(0, prompts.Count).GroupBy(i => multimask || (segmenter.PrefersReadingsOfOneClick && IsAmbiguous(prompts[i]))))
        {
            var members = group.ToList();
            var found = Decode(embedding, [.. members.Select(i => prompts[i])], group.Key, cancellationToken);
            for (var i = 0; i < members.Count; i++)
            {
                answers[members[i]] = found[i];
            }
        }

        return [.. answers.SelectMany((answer, i) => Chosen(answer).Select(proposal => proposal with { Label = objects[i].Name }))];
    }

    private IReadOnlyList<IReadOnlyList<MaskProposal>> Decode(ImageEmbedding embedding, List<Prompt> prompts, bool asksForAll, CancellationToken cancellationToken)
    {
        try
        {
            return segmenter.Decode(embedding, prompts, asksForAll, cancellationToken: cancellationToken);
        }
        catch (NotSupportedException e)
        {
            throw new ToolException(ExitCode.Model, e.Message, e); // ONNX files may not take boxes or masks
        }
    }

    private IEnumerable<MaskProposal> Chosen(IReadOnlyList<MaskProposal> answer) =>
        answer.OrderByDescending(proposal => proposal.PredictedIou).Take(multimask ? answer.Count : 1);

    private static bool IsAmbiguous(Prompt prompt) => prompt is { Points.Count: 1, Box: null, MaskHint: null };
}
