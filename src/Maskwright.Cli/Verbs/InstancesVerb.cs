using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Cli.Running;
using Maskwright.Formats;
using Maskwright.Formats.Overlays;
using Maskwright.Networks.Catalog;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright instances</c>: a mask for every object of known classes.</summary>
internal static class InstancesVerb
{
    private static readonly string[] Examples =
    [
        "maskwright instances photo.jpg --model maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
        "maskwright instances photos --model nuclei.safetensors --score-thresh 0.7 --recursive --skip-existing",
        "maskwright instances photo.jpg --model my.pth --classes names.txt --format coco,png",
        "maskwright instances photos --model my.pth --json | jq -r '.input as $i | .masks[] | [$i, .label, .predicted_iou] | @tsv'",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (input, general, own) = (new InputOptions(), new GeneralOptions(), new InstanceOptions());
        var (model, output) = (new ClassModelOptions(SegmentationTask.InstanceSegmentation), new OutputOptions([.. MaskWriters.All.Where(writer => writer is not OverlayWriter), new OverlayWriter { Options = new OverlayOptions { WithNames = true } }], "coco", "overlay"));
        var command = new Command("instances", "Finds the objects of known classes in images.\nWrites them as COCO JSON, and the image with their names and scores.");
        OptionGroup[] groups = [input, own, model, output, general];
        foreach (var group in groups)
        {
            group.AddTo(command);
        }

        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var (settings, request, place) = (own.Read(parsed), model.Read(parsed), output.Read(parsed, general));
                var plan = new MaskPlan<ClassModel<IInstanceSegmenter>>(
                    request.Name, () => surroundings.Models.LoadInstances(request, settings, surroundings), loaded => Work(loaded.Segmenter), (loaded, size) => loaded.PeakBytes(size)) { NoteOf = loaded => loaded.Note };
                return new MaskRun(surroundings, input, general).Run(parsed, place, plan, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright instances INPUT... --model NAME|PATH [options]", Examples, groups);
        return command;
    }

    private static ImageWork Work(IInstanceSegmenter segmenter) => (image, _, progress, token) =>
    {
        progress.Report(new GenerationProgress("finding objects", 0, 1));
        var found = segmenter.Find(image, token);
        progress.Report(new GenerationProgress("finding objects", 1, 1));
        return new ImageResult(found, [], null);
    };
}
