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
        using (var classic = new ClassicSegmenter(new ClassicOptions { MaxProposals = options.MaxProposals }))
        {
            new PromptEvaluation(classic, classic, options).Run();
        }

        return 0;
    default:
        Console.Error.WriteLine("""
            Commands:
              attention [THREADS]
              morphology [--side N] [--peers PYTHON]
              sam [NETWORK...] [--stage encoder|click|everything]
              sam-case NETWORK STAGE kernels|plain [WIDTHxHEIGHT]
              masks
              coco-eval GROUND_TRUTH.json RESULTS.json [boxes]
              evaluate-classic --data MASKS_FOLDER [--pool dev|train] [--set NAME,...] [--limit IMAGES] [--objects N] [--proposals N] [--seed N]
            """);
        return 1;
}
