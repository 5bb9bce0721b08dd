using Maskwright.PostProcessing;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class MaximumFlowTests
{
    [Fact]
    public void A_chain_is_cut_at_its_weakest_edge()
    {
        var flow = new MaximumFlow(3);
        flow.AddTerminal(0, fromSource: 9, toSink: 0);
        flow.AddEdge(0, 1, 5);
        flow.AddEdge(1, 2, 3);
        flow.AddTerminal(2, fromSource: 0, toSink: 8);

        flow.Solve();

        Assert.Equal(3, flow.Flow);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(flow.IsOnSourceSide));
    }

    [Theory]
    [InlineData(4, 0.6)]
    [InlineData(9, 0.4)]
    [InlineData(12, 0.25)]
    public void No_labelling_is_cheaper_than_the_cut(int nodes, double density)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var graph = RandomGraph.Make(nodes, density, seed);
            var flow = graph.ToFlow();

            flow.Solve();

            var cheapest = Enumerable.Range(0, 1 << nodes).Min(graph.CostOf);
            var found = Enumerable.Range(0, nodes).Where(flow.IsOnSourceSide).Sum(node => 1 << node);
            Assert.Equal(cheapest, flow.Flow);
            Assert.Equal(cheapest, graph.CostOf(found));
        }
    }

    private sealed record RandomGraph((int FromSource, int ToSink)[] Terminals, (int One, int Other, int Capacity)[] Edges)
    {
        public static RandomGraph Make(int nodes, double density, int seed)
        {
            var random = new Random(seed);
            var pairs = from one in Enumerable.Range(0, nodes) from other in Enumerable.Range(one + 1, nodes - one - 1) select (one, other);
            return new RandomGraph(
                [.. Enumerable.Range(0, nodes).Select(_ => (random.Next(20), random.Next(20)))],
                [.. pairs.Where(_ => random.NextDouble() < density).Select(p => (p.one, p.other, random.Next(15)))]);
        }

        public MaximumFlow ToFlow()
        {
            var flow = new MaximumFlow(Terminals.Length);
            for (var node = 0; node < Terminals.Length; node++)
            {
                flow.AddTerminal(node, Terminals[node].FromSource, Terminals[node].ToSink);
            }

            foreach (var (one, other, capacity) in Edges)
            {
                flow.AddEdge(one, other, capacity);
            }

            return flow;
        }

        public long CostOf(int sourceSide) =>
            Terminals.Select((t, node) => (long)((sourceSide >> node & 1) != 0 ? t.ToSink : t.FromSource)).Sum()
            + Edges.Where(e => (sourceSide >> e.One & 1) != (sourceSide >> e.Other & 1)).Sum(e => (long)e.Capacity);
    }
}
