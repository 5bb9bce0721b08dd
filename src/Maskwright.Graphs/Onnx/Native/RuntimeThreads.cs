using System.Runtime.InteropServices;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Runs numbered tasks on the runtime's own threads, so that its operators and ours do not fight for processors.</summary>
internal static unsafe class RuntimeThreads
{
    /// <summary>Runs all tasks and waits for them.</summary>
    /// <param name="context">ONNX Runtime's <c>OrtKernelContext</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="task">Called once for every number below <paramref name="count"/>, from any thread.</param>
    /// <exception cref="InvalidOperationException">A task failed; carries one of the faults.</exception>
    public static void Run(nint context, int count, Action<int> task)
    {
        var work = new Work(task);
        var handle = GCHandle.Alloc(work);
        try
        {
            OrtFunctions.ParallelFor(context, &RunOne, count, (void*)GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        if (work.Fault is { } fault)
        {
            throw new InvalidOperationException($"A kernel failed: {fault.Message}", fault);
        }
    }

    // No exception may cross into native code.
    [UnmanagedCallersOnly]
    private static void RunOne(void* state, nuint number)
    {
        var work = (Work)GCHandle.FromIntPtr((nint)state).Target!; // alive until ParallelFor returns
        try
        {
            work.Task((int)number);
        }
        catch (Exception fault)
        {
            work.Fault = fault;
        }
    }

    private sealed class Work(Action<int> task)
    {
        public Action<int> Task { get; } = task;

        public Exception? Fault { get; set; }
    }
}
