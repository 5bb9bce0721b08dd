using System.Runtime.InteropServices;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>The operators of the domain <c>maskwright</c>, registered once for the life of the process.</summary>
internal static unsafe class KernelDomain
{
    private const int Float = 1;

    private static readonly nint Domain = Create();

    /// <summary>Lets a session use the operators.</summary>
    /// <param name="sessionOptions">ONNX Runtime's <c>OrtSessionOptions</c>.</param>
    public static void AddTo(nint sessionOptions) => OrtFunctions.AddDomain(sessionOptions, Domain);

    // The domain and its records live as long as the process: sessions keep pointers to them.
    private static nint Create()
    {
        var domain = OrtFunctions.CreateDomain(Marshal.StringToCoTaskMemUTF8(OnnxLowering.KernelDomain));
        Register(domain, "RelativePositionAttention", inputs: 4, info => new RelativePositionAttentionKernel(info));
        Register(domain, "MultiHeadAttention", inputs: 3, info => new MultiHeadAttentionKernel(info));
        Register(domain, "BiasedSelfAttention", inputs: 2, info => new BiasedSelfAttentionKernel(info));
        Register(domain, "UpscaledMasks", inputs: 12, info => new UpscaledMasksKernel(info));
        Register(domain, "LowRankSquares", inputs: 5, _ => new LowRankSquaresKernel());
        Register(domain, "RowSoftmax", inputs: 1, _ => new RowSoftmaxKernel());
        return domain;
    }

    private static void Register(nint domain, string name, int inputs, Func<nint, IKernel> factory)
    {
        var record = (CustomOperator*)NativeMemory.AllocZeroed((nuint)sizeof(CustomOperator));
        record->Version = OrtFunctions.Version;
        record->GetName = &GetName;
        record->GetExecutionProviderType = &Zero;
        record->GetInputType = &FloatType;
        record->GetInputTypeCount = &GetInputCount;
        record->GetOutputType = &FloatType;
        record->GetOutputTypeCount = &One;
        record->KernelDestroy = &Destroy;
        record->GetInputCharacteristic = &Required;
        record->GetOutputCharacteristic = &Required;
        record->GetInputMemoryType = &Required;
        record->GetVariadicInputMinArity = &OneInt;
        record->GetVariadicInputHomogeneity = &OneInt;
        record->GetVariadicOutputMinArity = &OneInt;
        record->GetVariadicOutputHomogeneity = &OneInt;
        record->CreateKernelV2 = &CreateKernel;
        record->KernelComputeV2 = &Compute;
        record->GetStartVersion = &OneInt;
        record->GetEndVersion = &MaxInt;
        record->Name = Marshal.StringToCoTaskMemUTF8(name);
        record->InputCount = (nuint)inputs;
        record->Factory = GCHandle.ToIntPtr(GCHandle.Alloc(factory));
        OrtFunctions.AddOperator(domain, (nint)record);
    }

    [UnmanagedCallersOnly]
    private static nint GetName(CustomOperator* op) => op->Name;

    [UnmanagedCallersOnly]
    private static nint Zero(CustomOperator* op) => 0;

    [UnmanagedCallersOnly]
    private static nuint One(CustomOperator* op) => 1;

    [UnmanagedCallersOnly]
    private static int OneInt(CustomOperator* op) => 1;

    [UnmanagedCallersOnly]
    private static int MaxInt(CustomOperator* op) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nuint GetInputCount(CustomOperator* op) => op->InputCount;

    [UnmanagedCallersOnly]
    private static int FloatType(CustomOperator* op, nuint index) => Float;

    [UnmanagedCallersOnly]
    private static int Required(CustomOperator* op, nuint index) => 0;

    // No exception may cross into native code: a fault becomes a status, which the runtime reports from Run.
    [UnmanagedCallersOnly]
    private static nint CreateKernel(CustomOperator* op, nint api, nint info, nint* kernel)
    {
        try
        {
            var factory = (Func<nint, IKernel>)GCHandle.FromIntPtr(op->Factory).Target!; // the handle is never freed
            *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(factory(info)));
            return 0;
        }
        catch (Exception fault)
        {
            return OrtFunctions.CreateStatus(fault.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(nint kernel, nint context)
    {
        try
        {
            ((IKernel)GCHandle.FromIntPtr(kernel).Target!).Compute(context); // freed only by Destroy
            return 0;
        }
        catch (Exception fault)
        {
            return OrtFunctions.CreateStatus(fault.ToString());
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(nint kernel) => GCHandle.FromIntPtr(kernel).Free();
}
