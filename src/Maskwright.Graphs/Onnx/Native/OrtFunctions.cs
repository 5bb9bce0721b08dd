using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>The functions of ONNX Runtime's C interface that its .NET package does not show.</summary>
/// <remarks>Positions follow the order of <c>struct OrtApi</c> in <c>onnxruntime_c_api.h</c>, which only ever grows at its end.</remarks>
internal static unsafe partial class OrtFunctions
{
    /// <summary>The oldest interface that has every function used here.</summary>
    public const uint Version = 18;

    private static readonly nint* Table = Load();

    private enum Position
    {
        CreateStatus = 0,
        GetErrorMessage = 2,
        CreateCustomOpDomain = 26,
        AddOperator = 27,
        AddDomain = 28,
        GetTensorMutableData = 51,
        GetDimensionsCount = 61,
        GetDimensions = 62,
        GetTensorTypeAndShape = 65,
        GetFloatAttribute = 85,
        GetIntegerAttribute = 86,
        GetInput = 90,
        GetOutput = 91,
        ReleaseStatus = 93,
        ReleaseTensorTypeAndShapeInfo = 99,
        ParallelFor = 274,
        AddExternalInitializersFromFilesInMemory = 279,
    }

    public static nint CreateStatus(string message)
    {
        var text = Marshal.StringToCoTaskMemUTF8(message);
        try
        {
            return ((delegate* unmanaged<int, nint, nint>)At(Position.CreateStatus))(1, text);
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    public static nint CreateDomain(nint name)
    {
        nint domain;
        Check(((delegate* unmanaged<nint, nint*, nint>)At(Position.CreateCustomOpDomain))(name, &domain));
        return domain;
    }

    public static void AddOperator(nint domain, nint record) => Check(((delegate* unmanaged<nint, nint, nint>)At(Position.AddOperator))(domain, record));

    public static void AddDomain(nint sessionOptions, nint domain) => Check(((delegate* unmanaged<nint, nint, nint>)At(Position.AddDomain))(sessionOptions, domain));

    public static long GetIntegerAttribute(nint kernelInfo, ReadOnlySpan<byte> name)
    {
        long value;
        fixed (byte* text = name)
        {
            Check(((delegate* unmanaged<nint, byte*, long*, nint>)At(Position.GetIntegerAttribute))(kernelInfo, text, &value));
        }

        return value;
    }

    public static float GetFloatAttribute(nint kernelInfo, ReadOnlySpan<byte> name)
    {
        float value;
        fixed (byte* text = name)
        {
            Check(((delegate* unmanaged<nint, byte*, float*, nint>)At(Position.GetFloatAttribute))(kernelInfo, text, &value));
        }

        return value;
    }

    public static float* GetInput(nint context, int index) => GetInput<float>(context, index);

    public static T* GetInput<T>(nint context, int index)
        where T : unmanaged => (T*)GetData(GetInputValue(context, index));

    public static long[] GetInputSizes(nint context, int index)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)At(Position.GetTensorTypeAndShape))(GetInputValue(context, index), &info));
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)At(Position.GetDimensionsCount))(info, &count));
        var sizes = new long[count];
        fixed (long* p = sizes)
        {
            Check(((delegate* unmanaged<nint, long*, nuint, nint>)At(Position.GetDimensions))(info, p, count));
        }

        ((delegate* unmanaged<nint, void>)At(Position.ReleaseTensorTypeAndShapeInfo))(info);
        return sizes;
    }

    public static float* GetOutput(nint context, int index, ReadOnlySpan<long> sizes) => GetOutput<float>(context, index, sizes);

    public static T* GetOutput<T>(nint context, int index, ReadOnlySpan<long> sizes)
        where T : unmanaged
    {
        nint value;
        fixed (long* p = sizes)
        {
            Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)At(Position.GetOutput))(context, (nuint)index, p, (nuint)sizes.Length, &value));
        }

        return (T*)GetData(value);
    }

    /// <summary>Runs <paramref name="function"/>(state, 0..total-1) on the runtime's own threads.</summary>
    public static void ParallelFor(nint context, delegate* unmanaged<void*, nuint, void> function, int total, void* state) =>
        Check(((delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint>)At(Position.ParallelFor))(context, function, (nuint)total, 0, state));

    /// <summary>Gives a session the bytes behind its external initialisers, to be read where they lie.</summary>
    public static void AddExternalInitializers(nint sessionOptions, IReadOnlyList<(string File, nint Address, long Length)> files)
    {
        var names = new nint[files.Count];
        var addresses = new nint[files.Count];
        var lengths = new nuint[files.Count];
        for (var i = 0; i < files.Count; i++)
        {
            (names[i], addresses[i], lengths[i]) = (PathText(files[i].File), files[i].Address, (nuint)files[i].Length);
        }

        fixed (nint* n = names, a = addresses)
        fixed (nuint* l = lengths)
        {
            var status = ((delegate* unmanaged<nint, nint*, nint*, nuint*, nuint, nint>)At(Position.AddExternalInitializersFromFilesInMemory))(sessionOptions, n, a, l, (nuint)files.Count);
            Array.ForEach(names, Marshal.FreeCoTaskMem);
            Check(status);
        }
    }

    private static nint PathText(string path) => OperatingSystem.IsWindows() ? Marshal.StringToCoTaskMemUni(path) : Marshal.StringToCoTaskMemUTF8(path);

    private static nint GetInputValue(nint context, int index)
    {
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)At(Position.GetInput))(context, (nuint)index, &value));
        return value;
    }

    private static void* GetData(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)At(Position.GetTensorMutableData))(value, &data));
        return data;
    }

    private static nint At(Position position) => Table[(int)position];

    private static void Check(nint status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)At(Position.GetErrorMessage))(status));
        ((delegate* unmanaged<nint, void>)At(Position.ReleaseStatus))(status);
        throw new InvalidOperationException($"ONNX Runtime: {message}");
    }

    private static nint* Load()
    {
        RuntimeHelpers.RunClassConstructor(typeof(Microsoft.ML.OnnxRuntime.OrtEnv).TypeHandle);
        var getApi = *(delegate* unmanaged<uint, nint*>*)OrtGetApiBase();
        var table = getApi(Version);
        return table is not null ? table : throw new NotSupportedException($"This ONNX Runtime does not offer version {Version} of its interface.");
    }

    [LibraryImport("onnxruntime")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint OrtGetApiBase();
}
