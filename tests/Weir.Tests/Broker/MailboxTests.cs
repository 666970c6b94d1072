using Weir.Broker.Shards;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Broker;

public sealed class MailboxTests : IDisposable
{
    private const string Noisy = "111122223333";
    private const string Quiet = "444455556666";

    private readonly Mailbox _mailbox = new(countMax: 1_000, bytesMax: 16 << 20);

    [Fact]
    public void One_tenants_works_are_taken_in_their_order()
    {
        for (var i = 0; i < 500; i++) _mailbox.Post(new Item(Noisy, 1_000 + i));

        Assert.Equal(Enumerable.Range(1_000, 500), TakeAll().Select(item => item.HeldBytes));
        Assert.Equal(0, _mailbox.Count);
    }

    [Fact]
    public void A_quiet_tenant_waits_for_a_quantum_of_a_flood_and_not_for_all_of_it()
    {
        for (var i = 0; i < 900; i++) Assert.True(_mailbox.TryPost(new Item(Noisy, 1_024)) || i > 700);
        Assert.True(_mailbox.TryTake(out _));
        Assert.True(_mailbox.TryPost(new Item(Quiet, 1_024)));

        var before = TakeAll().TakeWhile(item => item.Account == Noisy).Count();

        Assert.InRange(before, 1, Mailbox.QuantumBytes / 1_024);
    }

    [Fact]
    public void A_large_work_waits_for_as_many_rounds_as_it_has_quanta()
    {
        _mailbox.Post(new Item(Noisy, 4 * Mailbox.QuantumBytes));
        for (var i = 0; i < 12; i++) _mailbox.Post(new Item(Quiet, Mailbox.QuantumBytes / 2));

        Assert.Equal(6, TakeAll().TakeWhile(item => item.Account == Quiet).Count());
    }

    [Fact]
    public void Tenants_that_flood_get_the_same_bytes_whatever_the_size_of_their_works()
    {
        for (var i = 0; i < 20; i++) _mailbox.Post(new Item(Noisy, 100 << 10));
        for (var i = 0; i < 2_000; i++) _mailbox.Post(new Item(Quiet, 1 << 10));

        var bytes = TakeAll().Take(1_000).ToLookup(item => item.Account, item => item.HeldBytes);

        Assert.InRange(bytes[Noisy].Sum() - bytes[Quiet].Sum(), -(164 << 10), 164 << 10);
    }

    [Fact]
    public void A_tenant_alone_may_hold_three_quarters_and_leaves_the_rest_to_others()
    {
        var noisy = PostAll(Noisy, 1_000);

        Assert.InRange(noisy, 749, 752);
        Assert.InRange(PostAll(Quiet, 1_000), 185, 190);
        Assert.True(_mailbox.TryPost(new Item("777788889999", 1)));
    }

    [Fact]
    public void What_large_works_hold_is_bounded_likewise()
    {
        var noisy = 0;
        while (_mailbox.TryPost(new Item(Noisy, 1 << 20))) noisy++;

        Assert.InRange(noisy, 11, 13);
        Assert.True(_mailbox.TryPost(new Item(Quiet, 1 << 20)));
    }

    [Fact]
    public void When_it_is_taken_it_makes_room_again()
    {
        while (_mailbox.TryPost(new Item(Noisy, 1))) _ = _mailbox.Count;
        Assert.True(_mailbox.TryTake(out _));

        Assert.True(_mailbox.TryPost(new Item(Noisy, 1)));
        Assert.False(_mailbox.TryPost(new Item(Noisy, 1)));
    }

    [Fact]
    public void However_many_tenants_come_all_are_served()
    {
        for (var i = 0; i < 100_000; i++)
        {
            Assert.True(_mailbox.TryPost(new Item($"{i:D12}", 1)));
            if (i % 100 == 99) Assert.Equal(100, TakeAll().Count());
        }

        Assert.InRange(_mailbox.LaneCount, 1, 1_124);
    }

    [Fact]
    public async Task Works_posted_from_many_threads_all_arrive_in_each_tenants_order()
    {
        const int Each = 20_000;
        using var large = new Mailbox(int.MaxValue, long.MaxValue);
        var senders = Enumerable.Range(0, 4).Select(tenant => Task.Run(() =>
        {
            for (var i = 1; i <= Each; i++) large.Post(new Item($"{tenant}", i));
        })).ToArray();
        var taken = Enumerable.Range(0, 4).Select(_ => new List<int>()).ToArray();
        while (taken.Sum(list => list.Count) < 4 * Each)
        {
            if (large.TryTake(out var work)) taken[int.Parse(work.Account!, null)].Add(work.HeldBytes);
            else await Task.Yield();
        }

        await Task.WhenAll(senders);
        Assert.All(taken, list => Assert.Equal(Enumerable.Range(1, Each), list));
        Assert.Equal(0, large.Count);
    }

    public void Dispose() => _mailbox.Dispose();

    private int PostAll(string account, int count)
    {
        var taken = 0;
        for (var i = 0; i < count; i++) taken += _mailbox.TryPost(new Item(account, 1)) ? 1 : 0;
        return taken;
    }

    private IEnumerable<Work> TakeAll()
    {
        while (_mailbox.TryTake(out var work)) yield return work;
    }

    private sealed class Item(string account, int heldBytes) : Work
    {
        public override string Account => account;

        public override int RecordBytesMax => 0;

        public override int HeldBytes => heldBytes;

        public int? Priced { get; init; }

        public override int Cost => Priced ?? heldBytes;

        public override bool AddsData => false;

        public override bool Run(ShardLoop loop) => true;

        public override void Complete()
        {
        }

        public override void Refuse(Fault fault)
        {
        }
    }

    [Fact]
    public void A_work_that_costs_more_than_it_holds_takes_more_of_its_turn()
    {
        for (var i = 0; i < 4; i++) _mailbox.Post(new Item(Noisy, 1) { Priced = Mailbox.QuantumBytes });
        for (var i = 0; i < 4; i++) _mailbox.Post(new Item(Quiet, Mailbox.QuantumBytes));

        Assert.Equal(
            [Noisy, Quiet, Noisy, Quiet, Noisy, Quiet, Noisy, Quiet], TakeAll().Select(item => item.Account));
    }
}
