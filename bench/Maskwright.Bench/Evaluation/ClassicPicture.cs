using System.Globalization;
using Maskwright.Formats.Images;
using Maskwright.Formats.Overlays;
using Maskwright.Masks;
using Maskwright.Networks.Classic;
using Maskwright.Segmentation;

namespace Maskwright.Bench.Evaluation;

/// <summary>Draws what the classic segmenter finds, to be looked at.</summary>
internal static class ClassicPicture
{
    /// <summary>Arguments: image, PNG to write, then <c>everything [N]</c>, <c>points x,y,1 x,y,0 ...</c> or <c>box x0,y0,x1,y1</c>.</summary>
    public static void Draw(string[] arguments)
    {
        var image = ImageReader.Read(arguments[0]);
        using var segmenter = new ClassicSegmenter();
        var prompt = PromptOf(arguments[2], arguments[3..]);
        IReadOnlyList<MaskProposal> proposals;
        if (prompt is null)
        {
            var count = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 30;
            proposals = [.. segmenter.Generate(image).Proposals.Take(count)];
        }
        else
        {
            using var embedding = segmenter.Encode(image);
            proposals = segmenter.Decode(embedding, prompt, multimask: false);
        }

        var options = new OverlayOptions { Prompts = prompt is null ? [] : [prompt] };
        ImageWriter.WritePng(OverlayRenderer.Render(image, proposals, options), arguments[1]);
    }

    private static Prompt? PromptOf(string kind, string[] values)
    {
        var numbers = values.Select(v => v.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return kind switch
        {
            "points" => new Prompt { Points = [.. numbers.Select(n => new PromptPoint(n[0], n[1], n.Length < 3 || n[2] > 0))] },
            "box" => Prompt.InBox(numbers[0][0], numbers[0][1], numbers[0][2], numbers[0][3]),
            _ => null,
        };
    }
}
