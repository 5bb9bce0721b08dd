using Maskwright.Bench;
using Maskwright.Bench.Evaluation;
using Maskwright.Bench.Fuzzing;
using Maskwright.Bench.Sam;
using Maskwright.Bench.Training;
using Maskwright.Cli;

switch (args.FirstOrDefault())
{
    case "attention":
        return AttentionBenchmark.Run(args[1..]);
    case "sam":
        return SamBenchmark.Run(args[1..]);
    case "sam-case":
        return SamCase.Run(args[1..]);
    case "adaptive":
        return AdaptiveBenchmark.Run(args[1..]);
    case "precision":
        return PrecisionBenchmark.Run(args[1..]);
    case "unet-training":
        return UNetTrainingBenchmark.Run(args[1..]);
    case "fuzz":
        return new FuzzRun(FuzzSettings.Parse(args)).Run();
    case "fuzz-worker":
        return FuzzWorker.Run(args[1..]);
    case "masks":
        return MaskBenchmark.Run();
    case "operations":
        return OperationBenchmark.Run(args[1..]);
    case "coco-eval":
        return CocoEvaluationBenchmark.Run(args[1..]);
    case "large-coco":
        return LargeCocoBenchmark.Run(args[1..]);
    case "evaluate":
        var python = Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } chosen ? chosen : "python3";
        return await Tool.RunAsync(args, Surroundings.OfThisProcess() with { Models = new BenchModels(python) }, CancellationToken.None);
    case "evaluate-classic-trees":
        new TreeEvaluation(PoolOptions.Parse(args)).Run();
        return 0;
    case "write-classic-merges":
        new TreeEvaluation(PoolOptions.Parse(args)).WriteMerges(args[^1]);
        return 0;
    case "fit-classic-quality":
        new TreeEvaluation(PoolOptions.Parse(args)).FitQuality();
        return 0;
    case "write-seedling-choices":
        new ChoiceTable(PoolOptions.Parse(args), Array.IndexOf(args, "--weights") is var at and >= 0 ? args[at + 1] : null).Write(args[^1]);
        return 0;
    case "refine":
        new RefinementEvaluation(PoolOptions.Parse(args), RefinementSettings.Parse(args)).Run();
        return 0;
    case "draw-classic":
        ClassicPicture.Draw(args[1..]);
        return 0;
    default:
        Console.Error.WriteLine("""
            Commands:
              attention [THREADS]
              operations [--side N] [--only NAME] [--peers PYTHON]: mask operations beside OpenCV, scikit-image and SciPy; run lengths and average precision
              sam [NETWORK...] [--stage NAME] [--node NODE_MODULES] [--plot FILE.svg]: the SAM family on every engine; table and plot
              sam-case NETWORK encoder|"four images"|click|clicks|"1024 clicks"|everything plain|kernels|int8|torch|bf16|node:NODE_MODULES [WIDTHxHEIGHT]
              adaptive [--model seedling|FILE] [--quality X] [--stability X] PHOTO...: everything mode with a part of the grid beside the exact grid
              precision [--model FILE] PHOTO...: Seedling in every precision and engine beside its exact form
              unet-training [THREADS]: a step on the Torch engine beside the same network written by hand in TorchSharp
              masks
              fuzz [--minutes 10] [--seed N] [--reader NAME] [--corpus FOLDER] [--findings FOLDER]: damaged input to every reader
              coco-eval GROUND_TRUTH.json RESULTS.json [boxes] [lvis]
              large-coco [FOLDER] [MEGABYTES] [FORMAT...]: converts a generated COCO file and tells the peak memory
              evaluate PROTOCOL ...: the tool's evaluate, with more models: grabcut (OpenCV's, for boxes; needs PYTHON with cv2) and classic@SIDE
              evaluate-classic-trees --data MASKS_FOLDER [--pool dev|train] [--set NAME,...] [--limit IMAGES] [--objects N] [--seed N]: what the region trees could reach at best
              write-classic-merges (same options) TSV_FILE: borders as they come up in merging, to calibrate with
              fit-classic-quality (same options): prints the tables of predicted IoU
              write-seedling-choices (same options) [--weights FILE] TSV_FILE: what one click could have given, to work out how one mask is chosen
              refine (same options) [--crf NAME=VALUE,...] [--cut NAME=VALUE,...]: degraded masks before and after refinement
              draw-classic IMAGE PNG everything [N] | points X,Y[,0|1]... | box X0,Y0,X1,Y1
            """);
        return 1;
}
