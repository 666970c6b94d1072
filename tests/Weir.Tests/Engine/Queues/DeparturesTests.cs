using CsCheck;
using Weir.Engine.Queues;
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
            Assert.Equal(left.Kept, right.Kept);
            Assert.Equal(left.Floor, right.Floor);
            Assert.Equal(sequences.Order().TakeLast(Max), left.Kept.Select(departure => (int)departure.Sequence));
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
        Assert.Equal(single.Kept, whole.Kept);
        Assert.Equal(single.Floor, whole.Floor);
    }

    private static Departures Of(IEnumerable<int> sequences)
    {
        var departures = new Departures(Max);
        foreach (var sequence in sequences) departures.Add(new Departure(sequence, DepartureKind.Expired, 0, 0));
        return departures;
    }
}
