using Maskwright.PostProcessing;

namespace Maskwright.Networks.Classic;

/// <summary>Parts an object from its surroundings on the finest regions: colour models inside and outside, a prior, and the boundaries, by a graph cut.</summary>
/// <remarks>GrabCut (Rother et al. 2004) on regions instead of pixels, with colour histograms instead of mixtures, and with borders weighed by the hierarchy.</remarks>
internal sealed class LeafCut
{
    private const int Rounds = 4;
    private const float Unit = 64;
    private readonly ClassicEmbedding _embedding;
    private readonly float[] _priorLogOdds;
    private readonly sbyte[] _fixed;
    private readonly bool[] _isNear;
    private readonly int[] _nodeOf;
    private readonly List<int> _free = [];

    /// <summary>Prepares a cut.</summary>
    /// <param name="embedding">The image taken apart.</param>
    /// <param name="priorLogOdds">Of each finest region, how likely it is inside before its colour is seen.</param>
    /// <param name="fixedSides">Of each finest region: 1 inside, -1 outside, 0 open.</param>
    /// <param name="isNear">Of each finest region, whether it is near enough to the object to tell of the colours outside.</param>
    public LeafCut(ClassicEmbedding embedding, float[] priorLogOdds, sbyte[] fixedSides, bool[] isNear)
    {
        _embedding = embedding;
        _priorLogOdds = priorLogOdds;
        _fixed = fixedSides;
        _isNear = isNear;
        _nodeOf = new int[fixedSides.Length];
        for (var leaf = 0; leaf < fixedSides.Length; leaf++)
        {
            _nodeOf[leaf] = fixedSides[leaf] == 0 ? _free.Count : -1;
            if (fixedSides[leaf] == 0)
            {
                _free.Add(leaf);
            }
        }
    }

    /// <summary>Cuts, learns the colours anew, and cuts again until nothing changes.</summary>
    /// <param name="weights">How much colour, prior and boundaries count.</param>
    /// <returns>The finest regions inside, ascending.</returns>
    public int[] Solve(LeafCutWeights weights)
    {
        var inside = new float[_fixed.Length];
        for (var leaf = 0; leaf < inside.Length; leaf++)
        {
            inside[leaf] = _fixed[leaf] != 0 ? (_fixed[leaf] + 1) / 2 : 1 / (1 + MathF.Exp(-_priorLogOdds[leaf]));
        }

        var result = Cut(inside, weights);
        for (var round = 1; round < Rounds; round++)
        {
            var next = Cut([.. result.Select(isInside => isInside ? 1f : 0f)], weights);
            if (next.AsSpan().SequenceEqual(result))
            {
                break;
            }

            result = next;
        }

        return [.. Enumerable.Range(0, result.Length).Where(leaf => result[leaf])];
    }

    private bool[] Cut(float[] inside, LeafCutWeights weights)
    {
        var evidence = ColorEvidence(inside);
        var flow = new MaximumFlow(_free.Count, _embedding.Graph.Borders.Length);
        var costs = new float[_free.Count];
        for (var i = 0; i < _free.Count; i++)
        {
            var leaf = _free[i];
            costs[i] = (weights.Color * LeafEvidence(evidence, leaf)) + (weights.Prior * _priorLogOdds[leaf] * _embedding.LeafAreas[leaf]);
        }

        AddBorders(flow, costs, weights.Boundary);
        for (var i = 0; i < costs.Length; i++)
        {
            flow.AddTerminal(i, ToCapacity(costs[i]), ToCapacity(-costs[i]));
        }

        flow.Solve();
        return [.. _fixed.Select((side, leaf) => side > 0 || (side == 0 && flow.IsOnSourceSide(_nodeOf[leaf])))];
    }

    private void AddBorders(MaximumFlow flow, float[] costs, float weight)
    {
        var borders = _embedding.Graph.Borders;
        for (var b = 0; b < borders.Length; b++)
        {
            int one = borders[b].One, other = borders[b].Other;
            var cost = weight * borders[b].Length * _embedding.BorderAffinity[b];
            if (_fixed[one] == 0 && _fixed[other] == 0)
            {
                flow.AddEdge(_nodeOf[one], _nodeOf[other], ToCapacity(cost));
            }
            else if (_fixed[one] == 0)
            {
                costs[_nodeOf[one]] += _fixed[other] * cost;
            }
            else if (_fixed[other] == 0)
            {
                costs[_nodeOf[other]] += _fixed[one] * cost;
            }
        }
    }

    /// <summary>The log of how much more frequent each colour is inside than outside.</summary>
    private float[] ColorEvidence(float[] inside)
    {
        float[] ofInside = new float[LeafColors.CellCount], ofOutside = new float[LeafColors.CellCount];
        for (var leaf = 0; leaf < inside.Length; leaf++)
        {
            if (!_isNear[leaf])
            {
                continue;
            }

            foreach (var (cell, count) in _embedding.Colors.Of(leaf))
            {
                ofInside[cell] += count * inside[leaf];
                ofOutside[cell] += count * (1 - inside[leaf]);
            }
        }

        LeafColors.Smooth(ofInside);
        LeafColors.Smooth(ofOutside);
        float insideScale = 1 / (ofInside.Sum() + 1), outsideScale = 1 / (ofOutside.Sum() + 1);
        const float Doubt = 2e-4f;
        return [.. ofInside.Zip(ofOutside, (i, o) => MathF.Log(((i * insideScale) + Doubt) / ((o * outsideScale) + Doubt)))];
    }

    private float LeafEvidence(float[] evidence, int leaf)
    {
        var sum = 0f;
        foreach (var (cell, count) in _embedding.Colors.Of(leaf))
        {
            sum += evidence[cell] * count;
        }

        return sum;
    }

    private static int ToCapacity(float cost) => (int)Math.Clamp(cost * Unit, 0, 1 << 26);
}
