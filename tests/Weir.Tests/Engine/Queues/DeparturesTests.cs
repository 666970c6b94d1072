using CsCheck;
using Weir.Engine.Queues;
using Weir.Engine.State;
using Xunit;

namespace Weir.Tests.Engine.Queues;

public sealed class DeparturesTests
{
    private const int Max = 5;

    [Fact]
    public void What_is_kept_does_not_depend_on_the_order() =>
        Gen.Select(Gen.Int[1, 40].HashSet[0, 20], Gen.Int).Sample((sequences, seed) =>
        {
            var shuffled = sequences.OrderBy(sequence => HashCode.Combine(sequence, seed)).ToArray();
            var (left, right) = (Of(sequences.Order()), Of(shuffled));
            Assert.Equal(Kept(left), Kept(right));
            Assert.Equal(left.Floor, right.Floor);
            Assert.Equal(sequences.Order().TakeLast(Max), Kept(left).Select(departure => (int)departure.Sequence));
            Assert.Equal(sequences.Order().SkipLast(Max).LastOrDefault(), left.Floor);
        });

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 7)]
    [InlineData(3, 8)]
    [InlineData(2, 90)]
    public void A_range_is_its_messages_one_by_one(int first, int last)
    {
        var (whole, single) = (new Departures(Max), new Departures(Max));
        whole.AddAll(first, last, DepartureKind.Expired);
        for (var sequence = first; sequence <= last; sequence++)
            single.Add(new Departure(sequence, DepartureKind.Expired, 0, 0));
        Assert.Equal(Kept(single), Kept(whole));
        Assert.Equal(single.Floor, whole.Floor);
    }

    [Fact]
    public void What_leaves_in_order_moves_nothing_that_is_kept()
    {
        var departures = Of(Enumerable.Range(1, 1_000));
        Assert.Equal(0, departures.Moves);
        Assert.Equal([996, 997, 998, 999, 1_000], Kept(departures).Select(departure => (int)departure.Sequence));
        Assert.Equal(DepartureKind.Expired, departures.Find(998)?.Kind);
        Assert.Null(departures.Find(995));
    }

    [Fact]
    public void A_message_leaves_once() =>
        Assert.Throws<StateCorruptException>(() => Of([1, 2, 3, 4, 5, 6, 4]));

    private static Departure[] Kept(Departures departures) =>
        [.. Enumerable.Range(0, departures.Count).Select(i => departures[i])];

    private static Departures Of(IEnumerable<int> sequences)
    {
        var departures = new Departures(Max);
        foreach (var sequence in sequences) departures.Add(new Departure(sequence, DepartureKind.Expired, 0, 0));
        return departures;
    }
}
