using Maskwright.Networks.Classic;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public class BorderQueueTests
{
    [Fact]
    public void The_cheapest_border_comes_first_and_of_equals_the_lower_one()
    {
        var queue = new BorderQueue(4);
        queue.Set(3, 0.5f);
        queue.Set(2, 0.25f);
        queue.Set(1, 0.5f);

        Assert.Equal([2, 1, 3], Drain(queue));
    }

    [Fact]
    public void Costs_that_change_and_borders_that_go_leave_the_rest_in_order()
    {
        const int Count = 300;
        var random = new Random(1);
        var queue = new BorderQueue(Count);
        var costs = new SortedDictionary<int, float>();
        for (var i = 0; i < 5_000; i++)
        {
            var border = random.Next(Count);
            if (random.Next(4) == 0)
            {
                queue.Remove(border);
                costs.Remove(border);
            }
            else
            {
                costs[border] = random.Next(50) / 50f;
                queue.Set(border, costs[border]);
            }
        }

        Assert.Equal(costs.OrderBy(c => (c.Value, c.Key)).Select(c => c.Key), Drain(queue));
    }

    private static List<int> Drain(BorderQueue queue)
    {
        var taken = new List<int>();
        while (queue.TryTake(out var border))
        {
            taken.Add(border);
        }

        return taken;
    }
}
