using System.Runtime.InteropServices;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>The record by which ONNX Runtime knows an operator of ours; the fields follow <c>struct OrtCustomOp</c> of the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CustomOperator
{
    public uint Version;
    public nint CreateKernel;
    public delegate* unmanaged<CustomOperator*, nint> GetName;
    public delegate* unmanaged<CustomOperator*, nint> GetExecutionProviderType;
    public delegate* unmanaged<CustomOperator*, nuint, int> GetInputType;
    public delegate* unmanaged<CustomOperator*, nuint> GetInputTypeCount;
    public delegate* unmanaged<CustomOperator*, nuint, int> GetOutputType;
    public delegate* unmanaged<CustomOperator*, nuint> GetOutputTypeCount;
    public nint KernelCompute;
    public delegate* unmanaged<nint, void> KernelDestroy;
    public delegate* unmanaged<CustomOperator*, nuint, int> GetInputCharacteristic;
    public delegate* unmanaged<CustomOperator*, nuint, int> GetOutputCharacteristic;
    public delegate* unmanaged<CustomOperator*, nuint, int> GetInputMemoryType;
    public delegate* unmanaged<CustomOperator*, int> GetVariadicInputMinArity;
    public delegate* unmanaged<CustomOperator*, int> GetVariadicInputHomogeneity;
    public delegate* unmanaged<CustomOperator*, int> GetVariadicOutputMinArity;
    public delegate* unmanaged<CustomOperator*, int> GetVariadicOutputHomogeneity;
    public delegate* unmanaged<CustomOperator*, nint, nint, nint*, nint> CreateKernelV2;
    public delegate* unmanaged<nint, nint, nint> KernelComputeV2;
    public nint InferOutputShape;
    public delegate* unmanaged<CustomOperator*, int> GetStartVersion;
    public delegate* unmanaged<CustomOperator*, int> GetEndVersion;
    public nint GetMayInplace;
    public nint ReleaseMayInplace;
    public nint GetAliasMap;
    public nint ReleaseAliasMap;

    // What follows is ours: the runtime passes the record's address back and reads no further.
    public nint Name;
    public nuint InputCount;
    public nuint OutputCount;
    public int* InputTypes;
    public int* OutputTypes;
    public nint Factory;
}
