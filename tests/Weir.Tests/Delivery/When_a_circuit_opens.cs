using Weir.Broker.Delivery;
using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_a_circuit_opens
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    private static readonly PushOptions Options = new()
    {
        AllowLoopback = true,
        CircuitFailures = 3,
        CircuitBreakMin = Break,
        CircuitBreakMax = Break * 4,
        LeaseMargin = TimeSpan.FromMinutes(10),
    };

    private static readonly RetryPolicy AtOnce = RetryPolicy.Sns(retries: 100, immediate: 100);

    [Fact]
    public async Task Messages_wait_for_probes_that_come_ever_more_seldom_until_one_succeeds()
    {
        await using var scene = await StartAsync(Options);
        scene.Receiver.AnswerWith(500, 500, 500, 500, 200);
        scene.Dispatcher.Set(scene.Route() with { Retry = AtOnce });
        var start = scene.Test.Time.GetUtcNow();

        await scene.SendAsync("hello");
        await UntilAsync(() => scene.Figures is { Attempts: 3, UnderWay: 1, Circuit: CircuitPhase.Open });
        await scene.AdvanceAsync(Break);
        await UntilAsync(() => scene.Figures is { Attempts: 4, UnderWay: 1, Circuit: CircuitPhase.Open });
        await scene.AdvanceAsync(Break * 2);
        await scene.AttemptsAsync(5);

        Assert.Equal(CircuitPhase.Closed, scene.Figures.Circuit);
        Assert.Equal([0, 0, 0, 5, 15], scene.History.Select(attempt => (attempt.At - start).TotalSeconds));

        // No receive was spent on waiting.
        Assert.Equal(5, scene.History[^1].Attempt);
    }

    [Fact]
    public async Task A_message_is_given_up_when_its_retries_would_have_been_used_up()
    {
        await using var scene = await StartAsync(Options with
        {
            CircuitFailures = 1, CircuitBreakMin = TimeSpan.FromHours(1), CircuitBreakMax = TimeSpan.FromHours(1),
        });
        scene.Receiver.AnswerWith(500);
        scene.Dispatcher.Set(scene.Route() with { Timeout = TimeSpan.FromSeconds(1) });

        // Three retries of 20 s and four timeouts.
        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(20));
        await UntilAsync(() => scene.Figures.UnderWay == 1);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(44));

        Assert.Equal(("hello", "CircuitOpen/RetriesUsedUp"), await scene.DeadLetterAsync());
        Assert.Equal(1, scene.Figures.Attempts);
    }

    [Fact]
    public async Task The_lease_of_a_message_that_waits_is_prolonged()
    {
        await using var scene = await StartAsync(Options with
        {
            LeaseMargin = TimeSpan.FromSeconds(30), CircuitBreakMin = TimeSpan.FromMinutes(2),
        });
        scene.Receiver.AnswerWith(500, 500, 500, 200);
        scene.Dispatcher.Set(scene.Route() with { Retry = RetryPolicy.EventBridge() with { Phases = AtOnce.Phases } });
        await scene.SendAsync("hello");
        await UntilAsync(() => scene.Figures is { Attempts: 3, UnderWay: 1 });

        // A lease is 60 s long. It is lost, and its message leased anew, if it is not prolonged meanwhile.
        for (var waited = 0; waited < 120; waited += 5)
        {
            await scene.RestAsync();
            scene.Test.Time.Advance(TimeSpan.FromSeconds(5));
        }

        await scene.AttemptsAsync(4);
        Assert.Equal((200, 4), (scene.History[^1].Status, scene.History[^1].Attempt));
    }

    [Fact]
    public async Task Other_destinations_are_called_as_before()
    {
        await using var scene = await StartAsync(Options);
        scene.Receiver.Answer = (context, request) =>
        {
            context.Response.StatusCode = request.Path == "/bad" ? 500 : 200;
            return Task.CompletedTask;
        };
        scene.Dispatcher.Set(scene.Route(path: "/bad") with { Retry = AtOnce });
        scene.Dispatcher.Set(scene.Route("good", InternalFifo, "/good") with { Destination = "good" });
        await scene.SendAsync("hello");
        await UntilAsync(() => scene.Figures.Circuit == CircuitPhase.Open);

        await scene.SendAsync("hello", InternalFifo, "group");

        await UntilAsync(() => scene.Dispatcher.FiguresOf("good")!.Delivered == 1);
    }
}
