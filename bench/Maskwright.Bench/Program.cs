using Maskwright.Bench;

switch (args)
{
    case ["attention", ..]:
        return AttentionBenchmark.Run(args[1..]);
    default:
        Console.Error.WriteLine("Usage: Maskwright.Bench attention [threads]");
        return 2;
}
