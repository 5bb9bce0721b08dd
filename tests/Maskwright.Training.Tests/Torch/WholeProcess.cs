using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>Tests that watch the memory of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "whole process";
}
