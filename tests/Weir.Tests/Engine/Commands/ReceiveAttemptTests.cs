using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

/// <summary>A receive whose answer was lost is repeated under its attempt id.</summary>
public sealed class ReceiveAttemptTests
{
    private readonly EngineHarness _engine = new();

    public ReceiveAttemptTests()
    {
        _engine.Create(Fifo);
        for (var i = 0; i < 3; i++) _engine.SendTo(Fifo, "a");
    }

    [Fact]
    public void It_gives_the_same_messages_under_the_same_handles_and_renews_their_leases()
    {
        var first = Attempt(visibility: 10);
        _engine.AdvanceSeconds(9);

        Assert.Equal(first, Attempt(visibility: 10));
        _engine.AdvanceSeconds(9);
        Assert.Equal(FaultCode.None, _engine.Delete(Fifo, first[0]));
    }

    [Fact]
    public void Another_attempt_gets_nothing_of_the_group()
    {
        Attempt(visibility: 10);
        Assert.Empty(_engine.Receive(Fifo, 2, attempt: "another"));
    }

    [Fact]
    public void It_is_spent_once_a_message_was_deleted()
    {
        var first = Attempt(visibility: 10);
        _engine.Delete(Fifo, first[0]);
        Assert.Empty(Attempt(visibility: 10));
    }

    [Fact]
    public void It_is_spent_once_a_visibility_was_changed()
    {
        var first = Attempt(visibility: 10);
        _engine.ChangeVisibility(Fifo, first[1], 20);
        Assert.Empty(Attempt(visibility: 10));
    }

    [Fact]
    public void After_the_leases_ended_it_is_a_receive_like_any_other()
    {
        Attempt(visibility: 10);
        _engine.AdvanceSeconds(10);
        Assert.All(Attempt(visibility: 10), message => Assert.Equal(2, message.ReceiveCount));
    }

    [Theory]
    [InlineData(299.999, 2)]
    [InlineData(300, 0)]
    public void It_is_remembered_for_five_minutes(double seconds, int messages)
    {
        Attempt(visibility: 1000);
        _engine.AdvanceSeconds(seconds);
        Assert.Equal(messages, Attempt(visibility: 1000).Count);
    }

    private IReadOnlyList<LeasedMessage> Attempt(double visibility) =>
        _engine.Do(new ReceiveCommand(Fifo, 2, TimeSpan.FromSeconds(visibility), "attempt"));
}
