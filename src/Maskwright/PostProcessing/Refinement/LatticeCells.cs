using System.Numerics;

namespace Maskwright.PostProcessing;

/// <summary>Numbers lattice corners from 1 in the order in which they are met; a hash table with open addressing.</summary>
internal sealed class LatticeCells
{
    private LatticeKey[] _keys;
    private int[] _slots;
    private uint _mask;

    public LatticeCells(int capacity)
    {
        _keys = new LatticeKey[capacity + 1];
        (_slots, _mask) = Table(capacity);
    }

    /// <summary>How many corners there are.</summary>
    public int Count { get; private set; }

    /// <summary>The corner of a number.</summary>
    public LatticeKey this[int number] => _keys[number];

    /// <summary>The number of a corner, which it gets when it is new.</summary>
    public int Add(LatticeKey key)
    {
        var slot = Slot(key);
        if (_slots[slot] != 0)
        {
            return _slots[slot];
        }

        if (Count + 1 == _keys.Length)
        {
            Grow();
            slot = Slot(key);
        }

        _keys[++Count] = key;
        return _slots[slot] = Count;
    }

    /// <summary>The number of a corner; 0 when it is not there.</summary>
    public int Find(LatticeKey key) => _slots[Slot(key)];

    private static (int[] Slots, uint Mask) Table(int capacity)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)capacity * 2 + 1);
        return (new int[size], size - 1);
    }

    private uint Slot(LatticeKey key)
    {
        var slot = key.Hash() & _mask;
        while (_slots[slot] is var number and not 0 && _keys[number] != key)
        {
            slot = (slot + 1) & _mask;
        }

        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _keys, (2 * Count) + 1);
        (_slots, _mask) = Table(2 * Count);
        for (var number = 1; number <= Count; number++)
        {
            _slots[Slot(_keys[number])] = number;
        }
    }
}
