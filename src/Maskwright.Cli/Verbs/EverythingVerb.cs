using System.CommandLine;
using Maskwright.Cli.Options;
using Maskwright.Cli.Running;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright everything</c>: masks for everything in images, as SAM's <c>amg.py</c> makes them.</summary>
internal static class EverythingVerb
{
    private static readonly string[] Examples =
    [
        "maskwright everything photo.jpg",
        "maskwright everything photo.jpg --model slimsam-77 --format coco,svg --output results",
        "maskwright everything photos 'scans/**/*.png' --recursive --skip-existing",
        "maskwright everything photo.jpg --points-per-side 16 --pred-iou-thresh 0.8 --show",
        "maskwright everything photo.jpg --model slimsam-77 --budget 5            (the best that five seconds allow)",
        "maskwright everything --input photos --output masks --checkpoint sam_vit_b.pth --model-type vit_b --convert-to-rle",
        "maskwright everything photos --json | jq -r '[.input, (.masks | length)] | @tsv'",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var shared = new MaskVerb(surroundings);
        var generation = new GenerationOptions();
        var command = new Command("everything", "Finds masks for everything in images.\nWrites them, and beside them a picture that shows them on the image.");
        command.Aliases.Add("amg");
        shared.AddTo(command, generation);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = generation.Read(parsed) with { Clock = surroundings.Clock };
                return shared.Run(
                    parsed,
                    shared.Request(parsed),
                    model =>
                    {
                        var generator = model.GeneratorFor(settings);
                        return (image, _, progress, token) =>
                        {
                            var result = generator.Generate(image, progress, token);
                            return new ImageResult(result.Proposals, [], result.Report);
                        };
                    },
                    settings.Over(new AutomaticMaskOptions()).PointsPerBatch,
                    cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright everything INPUT... [options]", Examples, shared.Input, shared.Output, shared.Model, generation, shared.General);
        return command;
    }
}
