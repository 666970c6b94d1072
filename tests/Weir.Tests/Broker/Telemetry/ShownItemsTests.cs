using CsCheck;
using Weir.Broker.Telemetry;
using Xunit;

namespace Weir.Tests.Broker.Telemetry;

public sealed class ShownItemsTests
{
    [Fact]
    public void The_heaviest_are_shown_and_the_rest_summed_up()
    {
        var shown = NewShown(2);

        var (chosen, others) = Round(shown, [("a", 1), ("b", 30), ("c", 20), ("d", 4)], gone: 0);

        Assert.Equal(["b", "c"], chosen);
        Assert.Equal(5, others);
    }

    [Fact]
    public void One_that_is_a_little_heavier_displaces_none_and_one_that_is_far_heavier_does()
    {
        var shown = NewShown(1);
        Round(shown, [("a", 10)], gone: 0);

        Assert.Equal(["a"], Round(shown, [("a", 10), ("b", 15)], gone: 0).Chosen);
        Assert.Equal(["b"], Round(shown, [("a", 10), ("b", 21)], gone: 0).Chosen);
    }

    [Fact]
    public void What_was_shown_before_is_not_counted_again_among_the_others()
    {
        var shown = NewShown(1);
        Round(shown, [("a", 100), ("b", 5)], gone: 0);

        // Only the traffic since, of what is gone: 100 were shown, 7 came after.
        Assert.Equal(5 + 7, Round(shown, [("b", 5)], gone: 107).Others + 5);
        Assert.Equal(["b"], Round(shown, [("b", 5)], gone: 107).Chosen);
    }

    [Fact]
    public void The_sum_never_falls() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 50]).Array[1, 60].Sample(steps =>
        {
            var (shown, totals, before) = (NewShown(2), new long[7], 0L);
            foreach (var (item, amount) in steps)
            {
                totals[item] += amount;
                var items = totals.Index().Where(one => one.Item > 0).Select(one => ($"{one.Index}", one.Item));
                var others = Round(shown, items, gone: 0).Others;
                Assert.True(others >= before);
                before = others;
            }
        });

    private static ShownItems<(string Key, long Total), string, long> NewShown(int max) =>
        new(max, item => item.Key, item => item.Total, item => item.Total, Math.Max);

    private static (IReadOnlyList<string> Chosen, long Others) Round(
        ShownItems<(string Key, long Total), string, long> shown, IEnumerable<(string, long)> items, long gone)
    {
        var rest = gone;
        foreach (var item in items) shown.Add(item, other => rest += other.Total);
        var chosen = shown.Choose(other => rest += other.Total).Select(item => item.Key).ToArray();
        return (chosen, shown.SumOf(rest));
    }
}
