using System.Text;
using Maskwright.Graphs.Weights;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

/// <summary>Pickles that want to run something, fill the memory, or confuse their reader.</summary>
[Trait("Kind", "hostile")]
public sealed class HostilePickleTests
{
    private const int MostBytes = 64 << 20;

    public static TheoryData<string, string> Attacks => new()
    {
        { "REDUCE os.system", "cos\nsystem\n(S'echo pwned'\ntR." },
        { "REDUCE posix.system", "cposix\nsystem\n(S'echo pwned'\ntR." },
        { "REDUCE nt.system", "cnt\nsystem\n(S'echo pwned'\ntR." },
        { "REDUCE builtins.eval", "cbuiltins\neval\n(S'1'\ntR." },
        { "REDUCE builtins.exec", "c__builtin__\nexec\n(S'1'\ntR." },
        { "REDUCE builtins.getattr", "cbuiltins\ngetattr\n(cos\nsystem\nS'x'\ntR." },
        { "REDUCE subprocess.Popen", "csubprocess\nPopen\n(S'sh'\ntR." },
        { "REDUCE torch.load", "ctorch\nload\n(S'x'\ntR." },
        { "named only os.system", "cos\nsystem\n." },
        { "INST os.system", "(S'echo pwned'\nios\nsystem\n." },
        { "OBJ os.system", "(cos\nsystem\nS'echo pwned'\no." },
        { "NEWOBJ os.system", "cos\nsystem\n(S'echo pwned'\nt\u0081." },
        { "NEWOBJ_EX os.system", "cos\nsystem\n(S'echo pwned'\nt}\u0092." },
        { "STACK_GLOBAL os.system", "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0004echo\u0085R." },
        { "BUILD os.system", "ccollections\nOrderedDict\n)R}S'__setstate__'\ncos\nsystem\nsb." },
        { "argparse.Namespace", "cargparse\nNamespace\n)\u0081." },
        { "hidden in a tuple os.system", "}S'epoch'\n((cos\nsystem\nS'x'\ntRts." },
    };

    public static TheoryData<string, string> Nonsense => new()
    {
        { "BUILD on a tuple", "(t}b." },
        { "BUILD on a class", "ccollections\nOrderedDict\n}b." },
        { "EXT1", "\u0082\u0001." },
        { "NEXT_BUFFER", "\u0080\u0005\u0097." },
        { "persistent id as text", "Psomething\n." },
        { "persistent id of a module", "(S'module'\nNNNtQ." },
        { "call of a text", "S'os.system'\n(tR." },
        { "call of a storage type", "ctorch\nFloatStorage\n(tR." },
        { "call without a tuple", "ccollections\nOrderedDict\n}R." },
        { "empty stack", "(t00." },
        { "mark that was not set", "}t." },
        { "memory that was not stored", "(h\u0009t." },
        { "memory of a negative number", "(tp-1\n." },
        { "odd dict", "(S'a'\nd." },
        { "append to a tuple", "(tNa." },
        { "no stop", "(t" },
        { "text without an end", "(S'a" },
        { "a number that is none", "(Iabc\n." },
        { "unknown instruction", "(t\u00ff." },
        { "protocol 9", "(t\u0080\u0009." },
        { "text that is not UTF-8", "\u0080\u0002X\u0001\u0000\u0000\u0000\u00ff." },
        { "text longer than the file", "\u0080\u0002X\u00ff\u00ff\u00ff\u007fabc." },
        { "long text longer than the file", "\u0080\u0004\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffabc." },
        { "bytes longer than the file", "\u0080\u0004\u008e\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000abc." },
        { "a number longer than the file", "\u0080\u0002\u008b\u00ff\u00ff\u00ff\u007fabc." },
        { "OrderedDict of a number", "ccollections\nOrderedDict\n(I1\ntR." },
        { "a dict of nothing", "}." },
        { "a list", "]." },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Refuses_a_pickle_that_asks_for_code_and_names_it(string attack, string letters)
    {
        var pickle = Encoding.Latin1.GetBytes(letters);
        var name = attack.Split(' ')[^1].Replace("builtins.exec", "__builtin__.exec", StringComparison.Ordinal);

        Assert.All([pickle, PickleText.Zip(pickle), PickleText.Legacy(pickle)], file => Assert.Contains($"asks for {name}", Refusal(file), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Refuses_a_pickle_that_makes_no_sense(string fault, string letters)
    {
        var pickle = Encoding.Latin1.GetBytes(letters);

        Assert.All([pickle, PickleText.Zip(pickle), PickleText.Legacy(pickle)], file => Assert.True(Refusal(file).Length > 0, fault));
    }

    [Fact]
    public void Shows_a_refused_name_without_its_control_characters()
    {
        var pickle = Encoding.Latin1.GetBytes($"cos\u001b[31m\n{new string('x', 500)}\n.");

        var reason = Refusal(PickleText.Zip(pickle));

        Assert.Contains("os?[31m.xxx", reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', reason);
        Assert.True(reason.Length < 300);
    }

    [Fact]
    public void Survives_a_million_nested_tuples()
    {
        var pickle = PickleText.Protocol(2).Letters("}").Unicode("deep").Letters(")").Letters(new string('\u0085', 1_000_000)).Letters("s.").ToArray();

        Assert.Contains("no named tensors", Refusal(PickleText.Zip(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void Survives_lists_that_double_in_each_of_a_thousand_levels()
    {
        var bomb = PickleText.Protocol(2).Letters("]q\u0000");
        for (var level = 0; level < 1000; level++)
        {
            bomb.Letters("](h\u0000h\u0000eq\u0000");
        }

        Assert.Contains("no dict", Refusal(PickleText.Zip(bomb.Letters(".").ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_endless_stream_of_instructions()
    {
        var pickle = PickleText.Protocol(2).Letters(string.Concat(Enumerable.Repeat("N0", 1_100_000))).ToArray();

        Assert.Contains("instructions", Refusal(PickleText.Zip(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_copies_of_one_list_and_overlong_names()
    {
        var copies = PickleText.Protocol(2).Letters("]q\u0001").Global("collections", "OrderedDict").Letters("q\u00020h\u0002h\u0001\u0085Rh\u0002h\u0001\u0085R.").ToArray();
        var name = PickleText.Protocol(2).Letters("}").Unicode(new string('n', 5000)).Tensor("FloatStorage", "0", 1, 0, [1], [1]).Letters("s.").ToArray();

        Assert.Contains("one list", Refusal(PickleText.Zip(copies)), StringComparison.Ordinal);
        Assert.Contains("5000 letters", Refusal(PickleText.Zip(name, ("data/0", new byte[4]))), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_checkpoint_of_a_machine_with_the_big_end_first()
    {
        var pickle = PickleText.OneTensor("FloatStorage", "0", 1, 0, [1], [1]);

        Assert.Contains("big end", Refusal(PickleText.Zip(pickle, ("byteorder", "big"u8.ToArray()), ("data/0", new byte[4]))), StringComparison.Ordinal);
        Assert.Contains("big end", Refusal(PickleText.Legacy(pickle, isLittleEndian: false)), StringComparison.Ordinal);
    }

    internal static string Refusal(byte[] content)
    {
        const string path = "hostile.pth";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidWeightsException>(() => WeightFile.FromBytes(content, path).Dispose());

        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes + (content.Length * 100L));
        return error.Reason;
    }
}
