using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Cli.Running;
using Maskwright.Formats;
using Maskwright.Formats.Classes;
using Maskwright.Masks;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Semantic;
using Maskwright.PostProcessing;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright label</c>: a class for every pixel.</summary>
internal static class LabelVerb
{
    private static readonly string[] Examples =
    [
        "maskwright label photo.jpg --model deeplabv3_resnet50_coco-cd0a2569.pth",
        "maskwright label street --model streets.safetensors --recursive --skip-existing",
        "maskwright label scan.tif --model cells.safetensors --tile 512 --overlap 0.5 --flip",
        "maskwright label photo.jpg --model my.pth --classes names.txt --format class-map,coco --no-overlay",
        "maskwright label slice.png --model unet-membranes --format class-probabilities",
        "maskwright label photos --model my.pth --json | jq -r '.input as $i | .masks[] | [$i, .label, .area] | @tsv'",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (input, general, own) = (new InputOptions(), new GeneralOptions(), new ViewOptionGroup(new ViewOptions(), choosesSide: true));
        var (model, output) = (new ClassModelOptions(SegmentationTask.SemanticSegmentation), new OutputOptions([.. ClassWriters.All, .. MaskWriters.All.Where(writer => writer.FormatName != "overlay")], "class-map,class-masks", "class-overlay"));
        var command = new Command("label", "Gives every pixel of images a class.\nWrites the label map, a mask and the area of each class, and the image with a legend.");
        OptionGroup[] groups = [input, own, model, output, general];
        foreach (var group in groups)
        {
            group.AddTo(command);
        }

        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var (settings, request, place) = (own.Read(parsed), model.Read(parsed), output.Read(parsed, general));
                var tellsProbabilities = place.Writers.Any(writer => writer is ClassProbabilitiesWriter);
                var plan = new MaskPlan<ClassModel<ISemanticSegmenter>>(
                    request.Name,
                    () => surroundings.Models.LoadSemantic(request, settings, surroundings),
                    loaded => Work(loaded.Segmenter, tellsProbabilities),
                    (loaded, size) => loaded.PeakBytes(size) + (tellsProbabilities ? loaded.Segmenter.ClassNames.Count * size.PixelCount * sizeof(float) : 0)) { NoteOf = loaded => loaded.Note };
                return new MaskRun(surroundings, input, general).Run(parsed, place, plan, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright label INPUT... --model NAME|PATH [options]", Examples, groups);
        return command;
    }

    private static ImageWork Work(ISemanticSegmenter segmenter, bool tellsProbabilities) => (image, _, progress, token) =>
    {
        progress.Report(new GenerationProgress("labelling", 0, 1));
        var probabilities = tellsProbabilities ? segmenter.Probabilities(image, token) : null;
        var labels = probabilities?.Labels() ?? segmenter.Label(image, token);
        progress.Report(new GenerationProgress("labelling", 1, 1));
        return new ImageResult([.. Classes(labels, segmenter.ClassNames)], [], null) { Probabilities = probabilities };
    };

    // Background is where no class is; a first class of another name is a class like the others.
    private static IEnumerable<MaskProposal> Classes(LabelMap labels, IReadOnlyList<string> names) =>
        labels.Labels.ToArray().Distinct().Order().Where(number => number > 0 || !names[0].Contains("background", StringComparison.OrdinalIgnoreCase))
            .Select(number => new MaskProposal(RunLengthMask.FromMask(LabelObjects.MaskOf(labels, number)), 1) { Label = names[number], ClassNumber = number });
}
