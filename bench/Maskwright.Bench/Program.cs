using Maskwright.Bench;
using Maskwright.Bench.Evaluation;
using Maskwright.Bench.Sam;
using Maskwright.Networks.Classic;

switch (args.FirstOrDefault())
{
    case "attention":
        return AttentionBenchmark.Run(args[1..]);
    case "sam":
        return SamBenchmark.Run(args[1..]);
    case "sam-case":
        return SamCase.Run(args[1..]);
    case "masks":
        return MaskBenchmark.Run();
    case "morphology":
        return MorphologyBenchmark.Run(args[1..]);
    case "coco-eval":
        return CocoEvaluationBenchmark.Run(args[1..]);
    case "evaluate-classic":
        var options = PromptEvaluationOptions.Parse(args);
        using (var classic = new ClassicSegmenter(new ClassicOptions { MaxProposals = options.MaxProposals, MinPredictedIou = 0, WorkingSide = options.WorkingSide ?? new ClassicOptions().WorkingSide }))
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
    case "refine":
        new RefinementEvaluation(PromptEvaluationOptions.Parse(args), RefinementSettings.Parse(args)).Run();
        return 0;
    case "draw-classic":
        ClassicPicture.Draw(args[1..]);
        return 0;
    default:
        Console.Error.WriteLine("""
            Commands:
              attention [THREADS]
              morphology [--side N] [--peers PYTHON]
              sam [NETWORK...] [--stage encoder|click|everything]
              sam-case NETWORK STAGE kernels|plain [WIDTHxHEIGHT]
              masks
              coco-eval GROUND_TRUTH.json RESULTS.json [boxes] [lvis]
              evaluate-classic --data MASKS_FOLDER [--pool dev|train] [--set NAME,...] [--limit IMAGES] [--objects N] [--proposals N] [--side N] [--seed N]
              evaluate-classic-trees (same options): what the region trees could reach at best
              write-classic-merges (same options) TSV_FILE: borders as they come up in merging, to calibrate with
              fit-classic-quality (same options): prints the tables of predicted IoU
              refine (same options) [--crf NAME=VALUE,...] [--cut NAME=VALUE,...]: degraded masks before and after refinement
              draw-classic IMAGE PNG everything [N] | points X,Y[,0|1]... | box X0,Y0,X1,Y1
            """);
        return 1;
}
