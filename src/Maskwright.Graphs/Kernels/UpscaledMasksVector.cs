using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>The vector form of the up-scaler, for a part of one prompt's cells: two vectors of cells at a time, cells in the lanes.</summary>
internal unsafe ref struct UpscaledMasksVector<TLanes, TVector>
    where TLanes : struct, IFloatLanes<TVector>
    where TVector : unmanaged
{
    private const int Window = UpscaledMasksShape.Window;
    private const int Pieces = 8;

    private readonly UpscaledMasksShape _shape;
    private readonly UpscaledMasksBuffers _buffers;
    private readonly int _prompt;
    private readonly float* _zeros;
    private readonly float* _image;
    private readonly float* _divisor;
    private readonly float* _shares;
    private readonly float* _upscaled;
    private readonly float* _first;
    private readonly float* _second;
    private readonly float* _found;

    private UpscaledMasksVector(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers, int prompt, ref KernelScratch scratch)
    {
        (_shape, _buffers, _prompt) = (shape, buffers, prompt);
        _zeros = scratch.Take(Width, 0f);
        _image = scratch.Take(Width);
        _divisor = scratch.Take(Width);
        _shares = scratch.Take((long)shape.Rows * Width);
        _upscaled = scratch.Take((long)shape.Wide * Width);
        _first = scratch.Take((long)shape.Narrow * Width);
        _second = scratch.Take((long)Window * shape.Last * Width);
        _found = scratch.Take((long)Window * Window * shape.Masks * Width);
    }

    private static int Width => 2 * TLanes.Count;

    /// <summary>Computes the cells <paramref name="first"/> to <paramref name="end"/> (excluded) of a prompt.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="buffers">Inputs and output.</param>
    /// <param name="prompt">The prompt's number.</param>
    /// <param name="first">First cell.</param>
    /// <param name="end">End of the cells.</param>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers, int prompt, int first, int end)
    {
        var rows = 3 + shape.Rows + shape.Wide + shape.Narrow + (Window * shape.Last) + (Window * Window * shape.Masks);
        var scratch = new KernelScratch((long)rows * Width, Pieces);
        try
        {
            var worker = new UpscaledMasksVector<TLanes, TVector>(shape, buffers, prompt, ref scratch);
            for (var cell = first; cell < end; cell += Width)
            {
                worker.Tile(cell, Math.Min(Width, end - cell));
            }
        }
        finally
        {
            scratch.Dispose();
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Tile(int cell, int count)
    {
        var of = (long)_prompt * _shape.Cells;
        Copy(_buffers.Image + of + cell, _image, 1, count);
        Copy(_buffers.Divisor + of + cell, _divisor, 1, count);
        Copy(_buffers.Shares + (of * _shape.Rows) + cell, _shares, _shape.Rows, count);
        Copy(_buffers.Upscaled + cell, _upscaled, _shape.Wide, count);
        for (var position = 0; position < Window; position++)
        {
            First(position);
            Normalise(position);
            Second();
            Filter(position);
        }

        Scatter(cell, count);
    }

    /// <summary>Brings rows of cells together; lanes without a cell hold zeros.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private readonly void Copy(float* from, float* to, int rows, int count)
    {
        for (var row = 0; row < rows; row++, from += _shape.Cells, to += Width)
        {
            if (count == Width)
            {
                TLanes.Store(TLanes.Load(from), to);
                TLanes.Store(TLanes.Load(from + TLanes.Count), to + TLanes.Count);
                continue;
            }

            var lanes = new Span<float>(to, Width);
            lanes[count..].Clear();
            new ReadOnlySpan<float>(from, count).CopyTo(lanes);
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void First(int position)
    {
        new LaneProduct<TLanes, TVector>
        {
            Left = _buffers.Rows + ((((long)_prompt * _shape.Wide) + (position * _shape.Narrow)) * _shape.Rows), LeftRow = _shape.Rows, LeftStep = 1,
            Right = _shares, Steps = _shape.Rows,
            Start = _upscaled + (position * _shape.Narrow * Width), StartRow = Width, Factor = _image, Offset = _zeros,
            Destination = _first,
        }.Run(_shape.Narrow);
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void Normalise(int position)
    {
        var constant = _buffers.Constant + (position * _shape.Narrow);
        var bias = _buffers.Bias + (position * _shape.Narrow);
        var (divisor0, divisor1) = (TLanes.Load(_divisor), TLanes.Load(_divisor + TLanes.Count));
        var (sum0, sum1) = (TLanes.Broadcast(0), TLanes.Broadcast(0));
        var x = _first;
        for (var c = 0; c < _shape.Narrow; c++, x += Width)
        {
            var (k, b) = (TLanes.Broadcast(constant[c]), TLanes.Broadcast(bias[c]));
            var x0 = TLanes.MultiplyAdd(TLanes.Add(TLanes.Load(x), k), divisor0, b);
            var x1 = TLanes.MultiplyAdd(TLanes.Add(TLanes.Load(x + TLanes.Count), k), divisor1, b);
            sum0 = TLanes.MultiplyAdd(x0, x0, sum0);
            sum1 = TLanes.MultiplyAdd(x1, x1, sum1);
            TLanes.Store(x0, x);
            TLanes.Store(x1, x + TLanes.Count);
        }

        Scale(Inverse(sum0), Inverse(sum1));
    }

    [MethodImpl(KernelMethod.Step)]
    private readonly TVector Inverse(TVector sum)
    {
        var variance = TLanes.MultiplyAdd(sum, TLanes.Broadcast(1f / _shape.Narrow), TLanes.Broadcast(_shape.Epsilon));
        return TLanes.Divide(TLanes.Broadcast(1), TLanes.SquareRoot(variance));
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void Scale(TVector inverse0, TVector inverse1)
    {
        var x = _first;
        for (var c = 0; c < _shape.Narrow; c++, x += Width)
        {
            var (w, b) = (TLanes.Broadcast(_buffers.NormWeight[c]), TLanes.Broadcast(_buffers.NormBias[c]));
            var x0 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Load(x), inverse0), w, b);
            var x1 = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Load(x + TLanes.Count), inverse1), w, b);
            TLanes.Store(Gelu.Of<TLanes, TVector>(x0), x);
            TLanes.Store(Gelu.Of<TLanes, TVector>(x1), x + TLanes.Count);
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void Second()
    {
        new LaneProduct<TLanes, TVector>
        {
            Left = _buffers.Second, LeftRow = _shape.Narrow, LeftStep = 1,
            Right = _first, Steps = _shape.Narrow,
            Start = _zeros, StartRow = 0, Factor = _zeros, Offset = _zeros,
            Destination = _second,
        }.Run(Window * _shape.Last);
        var y = _second;
        for (var position = 0; position < Window; position++)
        {
            for (var c = 0; c < _shape.Last; c++, y += Width)
            {
                var bias = TLanes.Broadcast(_buffers.SecondBias[c]);
                TLanes.Store(Gelu.Of<TLanes, TVector>(TLanes.Add(TLanes.Load(y), bias)), y);
                TLanes.Store(Gelu.Of<TLanes, TVector>(TLanes.Add(TLanes.Load(y + TLanes.Count), bias)), y + TLanes.Count);
            }
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void Filter(int outer)
    {
        for (var inner = 0; inner < Window; inner++)
        {
            new LaneProduct<TLanes, TVector>
            {
                Left = _buffers.Filters + ((long)_prompt * _shape.Masks * _shape.Last), LeftRow = _shape.Last, LeftStep = 1,
                Right = _second + (inner * _shape.Last * Width), Steps = _shape.Last,
                Start = _zeros, StartRow = 0, Factor = _zeros, Offset = _zeros,
                Destination = _found + (((outer * Window) + inner) * _shape.Masks * Width),
            }.Run(_shape.Masks);
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void Scatter(int cell, int count)
    {
        var size = 16L * _shape.Cells;
        for (var mask = 0; mask < _shape.Masks; mask++)
        {
            var map = _buffers.Masks + (((_prompt * _shape.Masks) + mask) * size);
            for (var row = 0; row < Window; row++)
            {
                var found = _found + ((((row & 2) * Window) + ((row & 1) * 2)) * _shape.Masks * Width) + (mask * Width); // outer = row & 2, inner = 2 (row & 1), in rows of masks
                Interleave(found, map, row, cell, count);
            }
        }
    }

    /// <summary>Writes one row of pixels of every cell.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private readonly void Interleave(float* found, float* map, int row, int cell, int count)
    {
        nint inner = _shape.Masks * Width, outer = Window * inner;
        var (y, x) = Math.DivRem(cell, _shape.Side);
        var pixels = map + (((4 * y) + row) * 4 * _shape.Side) + (4 * x);
        for (var lane = 0; lane < count; lane++, found++, pixels += 4)
        {
            if (x++ == _shape.Side)
            {
                x = 1;
                pixels += 3 * 4 * _shape.Side; // the rows of the cell's other pixels
            }

            pixels[0] = found[0];
            pixels[1] = found[inner];
            pixels[2] = found[outer];
            pixels[3] = found[outer + inner];
        }
    }
}
