namespace Maskwright.Graphs.Weights.Pickle;

/// <content>The instructions that put objects together, and those that would call something.</content>
internal sealed partial class PickleMachine
{
    private bool Construction(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global: Push(findGlobal(reader.Line(), reader.Line())); return true;
            case PickleOpcode.StackGlobal: PushNamedOnStack(); return true;
            case PickleOpcode.Inst: PushInstance(findGlobal(reader.Line(), reader.Line())); return true;
            case PickleOpcode.Obj: PushObject(PopToMark()); return true;
            case PickleOpcode.Reduce or PickleOpcode.NewObj: Reduce(Pop()); return true;
            case PickleOpcode.NewObjEx: ReduceWithKeywords(Pop(), Pop()); return true;
            case PickleOpcode.Build: Build(Pop()); return true;
            case PickleOpcode.BinPersId: Push(loadPersistent(Pop())); return true;
            case PickleOpcode.PersId: Push(loadPersistent(reader.Line())); return true;
            default: return false;
        }
    }

    private void PushNamedOnStack()
    {
        var name = Pop();
        var module = Pop();
        Push(module is string from && name is string called ? findGlobal(from, called) : throw new PickleException("the pickle asks for something without a name"));
    }

    private void PushInstance(PickleGlobal type) => Push(Call(type, PopToMark()));

    private void PushObject(object?[] parts)
        => Push(parts.Length > 0 ? Call(parts[0], parts[1..]) : throw new PickleException("the pickle makes an object of nothing"));

    private void Reduce(object? arguments)
        => Push(Call(Pop(), arguments is PickleTuple tuple ? tuple.Items : throw new PickleException("the pickle calls something without a tuple of arguments")));

    private void ReduceWithKeywords(object? keywords, object? arguments)
    {
        if (keywords is not PickleDict { Items.Count: 0 })
        {
            throw new PickleException("the pickle calls something with named arguments");
        }

        Reduce(arguments);
    }

    private static object? Call(object? callable, object?[] arguments) => callable is PickleGlobal { Call: { } call }
        ? call(arguments)
        : throw new PickleException($"the pickle calls {(callable as PickleGlobal)?.FullName ?? "something"}, which cannot be called here");

    // The state of an OrderedDict is PyTorch's _metadata, that of a tensor its Python attributes; neither is weights.
    private void Build(object? state)
    {
        _ = state;
        if (Top() is not (PickleDict or TorchTensor or PickleOpaque))
        {
            throw new PickleException("the pickle sets the state of an object that has none");
        }
    }

    private void PushTuple(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        Push(new PickleTuple(items));
    }

    private void AddItems(object?[] items)
        => Filled(Top() as PickleList ?? throw new PickleException("the pickle appends to something that is no list"), items);

    private void SetItem()
    {
        var value = Pop();
        var key = Pop();
        SetItems([key, value]);
    }

    private void SetItems(object?[] items)
        => Filled(Top() as PickleDict ?? throw new PickleException("the pickle sets an entry of something that is no dict"), items);

    private static PickleList Filled(PickleList list, object?[] items)
    {
        list.Items.AddRange(items);
        return list;
    }

    private static PickleDict Filled(PickleDict dict, object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw new PickleException("the pickle gives a dict a key without a value");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Items.Add((items[i], items[i + 1]));
        }

        return dict;
    }
}
