using System.Runtime.CompilerServices;
using TorchSharp;
using Xunit.Sdk;
using Xunit.v3;

// Some tests watch the memory of the process; others would disturb them.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Maskwright.Training.Tests;

internal static class OneThread
{
    /// <summary>Tiny tensors gain nothing from threads, and threads that wait for one another lose much on a busy machine.</summary>
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
