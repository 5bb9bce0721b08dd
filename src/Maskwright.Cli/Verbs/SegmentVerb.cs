using System.CommandLine;
using Maskwright.Cli.Options;
using Maskwright.Cli.Running;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright segment</c>: masks for what points and boxes say.</summary>
internal static class SegmentVerb
{
    private static readonly string[] Examples =
    [
        "maskwright segment photo.jpg --point 420,310",
        "maskwright segment photo.jpg --point 420,310 --point 100,80,0          (the second is not on the object)",
        "maskwright segment photo.jpg --box 40,60,300,380 --multimask",
        "maskwright segment photo.jpg --box 40,60,300,380 --box 310,50,500,400  (two objects)",
        "maskwright segment photo.jpg --object cup --point 300,200 --object spoon --point 480,90 --point 300,200,0",
        "maskwright segment photo.jpg --mask masks/photo/0.png --point 350,220  (better than the last mask)",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var shared = new MaskVerb(surroundings);
        var prompts = new PromptOptions();
        var command = new Command("segment", "Finds the masks of objects that points and boxes show.\nSeveral images get the same prompts.");
        shared.AddTo(command, prompts);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var objects = prompts.Read(parsed);
                var multimask = prompts.Multimask(parsed);
                var request = shared.Request(parsed) with { LooksCloser = prompts.LooksCloser(parsed) };
                return shared.Run(parsed, request, model => new PromptedWork(model.Segmenter, objects, multimask).Run, objects.Count, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright segment INPUT... --point x,y|--box x0,y0,x1,y1 [options]", Examples, prompts, shared.Input, shared.Output, shared.Model, shared.General);
        return command;
    }
}
