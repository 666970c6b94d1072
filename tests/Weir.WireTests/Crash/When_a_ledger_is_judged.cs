namespace Weir.WireTests.Crash;

/// <summary>
/// The control of the kill test: each broken promise is found in a ledger that shows it, and none in
/// a clean one.
/// </summary>
public sealed class When_a_ledger_is_judged
{
    private readonly Ledger _ledger = new();

    [Fact]
    public void A_clean_history_has_nothing_broken()
    {
        Sent("a", Outcome.Ok);
        Sent("u", Outcome.Unknown);
        Sent("r", Outcome.Failed);
        Received(("a", "id-a", 1));
        Received(("a", "id-a", 2));
        Deleted("a", Outcome.Ok);
        Sent("fifo/g/0", Outcome.Unknown);
        Sent("fifo/g/0", Outcome.Ok);
        Sent("fifo/g/1", Outcome.Ok);
        Sent("fifo/g/2", Outcome.Ok);
        Received(("fifo/g/0", "id-0", 1), ("fifo/g/1", "id-1", 1));
        Deleted("fifo/g/0", Outcome.Unknown);
        Received(("fifo/g/1", "id-1", 2), ("fifo/g/2", "id-2", 1));

        Assert.Empty(Broken());
    }

    [Fact]
    public void A_lost_message_is_found()
    {
        Sent("a", Outcome.Ok);

        Assert.Equal(1, Verdict.Of(_ledger).Lost);
        Assert.Contains("lost", Assert.Single(Broken()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_message_that_came_is_found()
    {
        Sent("a", Outcome.Failed);
        Received(("a", "id", 1));

        Assert.Contains("refused", Assert.Single(Broken()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_stored_twice_is_found()
    {
        Sent("a", Outcome.Ok);
        Received(("a", "one", 1));
        Received(("a", "two", 2));

        Assert.Contains("twice", Assert.Single(Broken()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_came_back_is_found_only_after_a_deletion_in_its_lease()
    {
        Sent("a", Outcome.Ok);
        Received(("a", "id", 1));
        Deleted("a", Outcome.Ok, inLease: false);
        Received(("a", "id", 2));
        Assert.Empty(Broken());

        Deleted("a", Outcome.Ok);
        Received(("a", "id", 3));
        Assert.Contains("came back", Assert.Single(Broken()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void A_count_that_falls_or_stays_is_found(int first, int second)
    {
        Sent("a", Outcome.Ok);
        Received(("a", "id", first));
        Received(("a", "id", second));

        Assert.Contains("count", Assert.Single(Broken()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Failed, 1)]
    [InlineData(Outcome.Ok, 0)]
    public void A_group_that_overtakes_itself_is_found(Outcome deletion, int broken)
    {
        Sent("fifo/g/0", Outcome.Ok);
        Sent("fifo/g/1", Outcome.Ok);
        Received(("fifo/g/0", "id-0", 1));
        Deleted("fifo/g/0", deletion);
        Received(("fifo/g/1", "id-1", 1));

        Assert.Equal(broken, Broken().Count(line => line.Contains("not done", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_answer_in_the_wrong_order_is_found()
    {
        Sent("fifo/g/0", Outcome.Ok);
        Sent("fifo/g/1", Outcome.Ok);
        Received(("fifo/g/1", "id-1", 1), ("fifo/g/0", "id-0", 1));

        Assert.Contains("not done", Assert.Single(Broken()), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Broken() => Verdict.Of(_ledger).Broken;

    private void Sent(string key, Outcome outcome) => _ledger.Sends.Enqueue(new SendFact(key, outcome));

    private void Received(params (string Key, string Id, int Count)[] messages) =>
        _ledger.Receives.Enqueue(new ReceiveFact(
            new Span(_ledger.Tick(), _ledger.Tick()),
            [.. messages.Select(message => new DeliveredMessage(message.Key, message.Id, message.Count))]));

    private void Deleted(string key, Outcome outcome, bool inLease = true) => _ledger.Deletes.Enqueue(
        new DeleteFact(key, new Span(_ledger.Tick(), _ledger.Tick()), outcome, inLease));
}
