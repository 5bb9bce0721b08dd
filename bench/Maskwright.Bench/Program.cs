using Maskwright.Bench.Evaluation;
using Maskwright.Networks.Classic;

switch (args.FirstOrDefault())
{
    case "evaluate-classic":
        var options = PromptEvaluationOptions.Parse(args);
        using (var classic = new ClassicSegmenter(new ClassicOptions { MaxProposals = options.MaxProposals }))
        {
            new PromptEvaluation(classic, classic, options).Run();
        }

        return 0;
    case "evaluate-classic-trees":
        new TreeEvaluation(PromptEvaluationOptions.Parse(args)).Run();
        return 0;
    case "write-classic-merges":
        new TreeEvaluation(PromptEvaluationOptions.Parse(args)).WriteMerges(args[^1]);
        return 0;
    case "fit-classic-quality":
        new TreeEvaluation(PromptEvaluationOptions.Parse(args)).FitQuality();
        return 0;
    case "temp-template":
        TempTemplate.Run(PromptEvaluationOptions.Parse(args));
        return 0;
    case "temp-search":
        TempSearch.Run(PromptEvaluationOptions.Parse(args), args[^1]);
        return 0;
    default:
        Console.Error.WriteLine("Commands: evaluate-classic --data MASKS_FOLDER [--pool dev|train] [--set NAME,...] [--limit IMAGES] [--objects N] [--proposals N] [--seed N]");
        return 1;
}
