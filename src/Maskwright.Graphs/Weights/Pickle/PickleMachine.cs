namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>Interprets a pickle as data: it builds lists, dicts and numbers, and calls nothing but the functions that its allow-list describes.</summary>
/// <remarks>
/// Instructions by CPython's <c>pickletools</c>. Flat, without recursion: nesting costs no stack. The number of instructions and the size of the pickle are
/// limited, so the memory is too. A name outside the allow-list is refused when it is named, called or not.
/// </remarks>
/// <param name="reader">The pickle.</param>
/// <param name="findGlobal">The allow-list: what a module and name stand for; throws for all others.</param>
/// <param name="loadPersistent">What a persistent id stands for (PyTorch: a storage).</param>
internal sealed partial class PickleMachine(PickleReader reader, Func<string, string, PickleGlobal> findGlobal, Func<object?, object?> loadPersistent)
{
    private const int MostInstructions = 2_000_000;
    private const int HighestProtocol = 5;

    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];

    private int Floor => marks.Count == 0 ? 0 : marks[^1];

    /// <summary>Runs to the STOP instruction.</summary>
    /// <returns>The object that the pickle describes.</returns>
    public object? Run()
    {
        for (var count = 0; count < MostInstructions; count++)
        {
            var opcode = (PickleOpcode)reader.Byte();
            if (opcode == PickleOpcode.Stop)
            {
                return Pop();
            }

            if (!(Scalar(opcode) || Container(opcode) || Memory(opcode) || Construction(opcode)))
            {
                throw new PickleException($"byte {reader.Position - 1} of the pickle is {(byte)opcode:x2}, which is no instruction that is obeyed here ({opcode})");
            }
        }

        throw new PickleException($"the pickle has more than {MostInstructions} instructions");
    }

    private bool Scalar(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None: Push(null); return true;
            case PickleOpcode.NewTrue: Push(true); return true;
            case PickleOpcode.NewFalse: Push(false); return true;
            case PickleOpcode.BinInt: Push((long)reader.Int32()); return true;
            case PickleOpcode.BinInt1: Push((long)reader.Byte()); return true;
            case PickleOpcode.BinInt2: Push((long)reader.UInt16()); return true;
            case PickleOpcode.Int or PickleOpcode.Long: Push(reader.DecimalNumber()); return true;
            case PickleOpcode.Long1: Push(reader.BinaryNumber(reader.Byte())); return true;
            case PickleOpcode.Long4: Push(reader.BinaryNumber(reader.UInt32())); return true;
            case PickleOpcode.Float: Push(reader.DecimalFraction()); return true;
            case PickleOpcode.BinFloat: Push(reader.Double()); return true;
            case PickleOpcode.Unicode: Push(reader.Line()); return true;
            case PickleOpcode.String: Push(Unquoted(reader.Line())); return true;
            case PickleOpcode.BinString: Push(reader.Latin1(reader.UInt32())); return true;
            case PickleOpcode.ShortBinString: Push(reader.Latin1(reader.Byte())); return true;
            case PickleOpcode.BinUnicode: Push(reader.Text(reader.UInt32())); return true;
            case PickleOpcode.ShortBinUnicode: Push(reader.Text(reader.Byte())); return true;
            case PickleOpcode.BinUnicode8: Push(reader.Text(reader.UInt64())); return true;
            case PickleOpcode.BinBytes: Push(reader.Bytes(reader.UInt32())); return true;
            case PickleOpcode.ShortBinBytes: Push(reader.Bytes(reader.Byte())); return true;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: Push(reader.Bytes(reader.UInt64())); return true;
            default: return false;
        }
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple: Push(PickleTuple.Empty); return true;
            case PickleOpcode.Tuple1: PushTuple(1); return true;
            case PickleOpcode.Tuple2: PushTuple(2); return true;
            case PickleOpcode.Tuple3: PushTuple(3); return true;
            case PickleOpcode.Tuple: Push(new PickleTuple(PopToMark())); return true;
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet: Push(new PickleList()); return true;
            case PickleOpcode.List or PickleOpcode.FrozenSet: Push(Filled(new PickleList(), PopToMark())); return true;
            case PickleOpcode.Append: AddItems([Pop()]); return true;
            case PickleOpcode.Appends or PickleOpcode.AddItems: AddItems(PopToMark()); return true;
            case PickleOpcode.EmptyDict: Push(new PickleDict()); return true;
            case PickleOpcode.Dict: Push(Filled(new PickleDict(), PopToMark())); return true;
            case PickleOpcode.SetItem: SetItem(); return true;
            case PickleOpcode.SetItems: SetItems(PopToMark()); return true;
            default: return false;
        }
    }

    private bool Memory(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol: CheckProtocol(reader.Byte()); return true;
            case PickleOpcode.Frame: reader.UInt64(); return true;
            case PickleOpcode.Mark: marks.Add(stack.Count); return true;
            case PickleOpcode.Pop: PopOrUnmark(); return true;
            case PickleOpcode.PopMark: PopToMark(); return true;
            case PickleOpcode.Dup: Push(Top()); return true;
            case PickleOpcode.Put: memo[Index(reader.DecimalNumber())] = Top(); return true;
            case PickleOpcode.BinPut: memo[reader.Byte()] = Top(); return true;
            case PickleOpcode.LongBinPut: memo[reader.UInt32()] = Top(); return true;
            case PickleOpcode.Memoize: memo[memo.Count] = Top(); return true;
            case PickleOpcode.Get: Push(Recall(Index(reader.DecimalNumber()))); return true;
            case PickleOpcode.BinGet: Push(Recall(reader.Byte())); return true;
            case PickleOpcode.LongBinGet: Push(Recall(reader.UInt32())); return true;
            default: return false;
        }
    }

    private void Push(object? value) => stack.Add(value);

    private object? Top() => stack.Count > Floor ? stack[^1] : throw new PickleException("the pickle takes something from an empty stack");

    private object? Pop()
    {
        var value = Top();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] PopToMark()
    {
        if (marks.Count == 0)
        {
            throw new PickleException("the pickle returns to a mark that it has not set");
        }

        var items = stack.GetRange(marks[^1], stack.Count - marks[^1]).ToArray();
        stack.RemoveRange(marks[^1], items.Length);
        marks.RemoveAt(marks.Count - 1);
        return items;
    }

    private void PopOrUnmark()
    {
        if (marks.Count > 0 && marks[^1] == stack.Count)
        {
            marks.RemoveAt(marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    private object? Recall(long index)
        => memo.TryGetValue(index, out var value) ? value : throw new PickleException($"the pickle recalls entry {index}, which it has not stored");

    private static long Index(object number) => number is long index and >= 0 ? index : throw new PickleException("the pickle numbers an entry of its memory wrongly");

    private static void CheckProtocol(byte protocol)
    {
        if (protocol > HighestProtocol)
        {
            throw new PickleException($"the pickle is of protocol {protocol}, which does not exist");
        }
    }

    private static string Unquoted(string line)
        => line.Length >= 2 && line[0] == line[^1] && line[0] is '\'' or '"'
            ? line[1..^1]
            : throw new PickleException("a text in the pickle lacks its quotes");
}
