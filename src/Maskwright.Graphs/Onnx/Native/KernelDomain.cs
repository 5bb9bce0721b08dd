using System.Runtime.InteropServices;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>The operators of the domain <c>maskwright</c>, registered once for the life of the process.</summary>
internal static unsafe class KernelDomain
{
    private static readonly int Float = OnnxTypes.ToOnnx(ElementType.Float32);
    private static readonly int Byte = OnnxTypes.ToOnnx(ElementType.UInt8);
    private static readonly int Integer = OnnxTypes.ToOnnx(ElementType.Int32);

    private static readonly List<string> s_names = [];

    private static readonly nint Domain = Create();

    /// <summary>The operators' names.</summary>
    public static IReadOnlyList<string> Names => s_names;

    /// <summary>Lets a session use the operators.</summary>
    /// <param name="sessionOptions">ONNX Runtime's <c>OrtSessionOptions</c>.</param>
    public static void AddTo(nint sessionOptions) => OrtFunctions.AddDomain(sessionOptions, Domain);

    // The domain and its records live as long as the process: sessions keep pointers to them.
    private static nint Create()
    {
        var domain = OrtFunctions.CreateDomain(Marshal.StringToCoTaskMemUTF8(OnnxLowering.KernelDomain));
        Register(domain, "RelativePositionAttention", Floats(4), [Float], info => new RelativePositionAttentionKernel(info));
        Register(domain, "MultiHeadAttention", Floats(3), [Float], info => new MultiHeadAttentionKernel(info));
        Register(domain, "BiasedSelfAttention", Floats(2), [Float], info => new BiasedSelfAttentionKernel(info));
        Register(domain, "UpscaledMasks", Floats(12), [Float], info => new UpscaledMasksKernel(info));
        Register(domain, "LowRankSquares", Floats(5), [Float], _ => new LowRankSquaresKernel());
        Register(domain, "LowRankScores", Floats(8), [Float], _ => new LowRankScoresKernel());
        Register(domain, "RowSoftmax", Floats(1), [Float], _ => new RowSoftmaxKernel());
        Register(domain, "QuantizedRows", [Float], [Byte, Float], _ => new QuantizedRowsKernel());
        Register(domain, "DequantizedRows", [Integer, .. Floats(4)], [Float], info => new DequantizedRowsKernel(info));
        Register(domain, "QuantizedPatches", [Float], [Byte, Float], info => new QuantizedPatchesKernel(info));
        Register(domain, "DequantizedMap", [Integer, .. Floats(4)], [Float], info => new DequantizedMapKernel(info, hasResidual: false));
        Register(domain, "DequantizedMapAndMap", [Integer, .. Floats(5)], [Float], info => new DequantizedMapKernel(info, hasResidual: true));
        return domain;
    }

    private static int[] Floats(int count) => [.. Enumerable.Repeat(Float, count)];

    private static int* Keep(int[] types)
    {
        var kept = (int*)NativeMemory.Alloc((nuint)types.Length, sizeof(int));
        types.CopyTo(new Span<int>(kept, types.Length));
        return kept;
    }

    private static void Register(nint domain, string name, int[] inputs, int[] outputs, Func<nint, IKernel> factory)
    {
        var record = (CustomOperator*)NativeMemory.AllocZeroed((nuint)sizeof(CustomOperator));
        record->Version = OrtFunctions.Version;
        record->GetName = &GetName;
        record->GetExecutionProviderType = &Zero;
        record->GetInputType = &GetInputType;
        record->GetInputTypeCount = &GetInputCount;
        record->GetOutputType = &GetOutputType;
        record->GetOutputTypeCount = &GetOutputCount;
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
        record->InputCount = (nuint)inputs.Length;
        record->OutputCount = (nuint)outputs.Length;
        record->InputTypes = Keep(inputs);
        record->OutputTypes = Keep(outputs);
        record->Factory = GCHandle.ToIntPtr(GCHandle.Alloc(factory));
        OrtFunctions.AddOperator(domain, (nint)record);
        s_names.Add(name);
    }

    [UnmanagedCallersOnly]
    private static nint GetName(CustomOperator* op) => op->Name;

    [UnmanagedCallersOnly]
    private static nint Zero(CustomOperator* op) => 0;

    [UnmanagedCallersOnly]
    private static int OneInt(CustomOperator* op) => 1;

    [UnmanagedCallersOnly]
    private static int MaxInt(CustomOperator* op) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nuint GetInputCount(CustomOperator* op) => op->InputCount;

    [UnmanagedCallersOnly]
    private static nuint GetOutputCount(CustomOperator* op) => op->OutputCount;

    [UnmanagedCallersOnly]
    private static int GetInputType(CustomOperator* op, nuint index) => op->InputTypes[index];

    [UnmanagedCallersOnly]
    private static int GetOutputType(CustomOperator* op, nuint index) => op->OutputTypes[index];

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
