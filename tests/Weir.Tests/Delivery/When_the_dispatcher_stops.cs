using Weir.Broker.Delivery;
using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_the_dispatcher_stops
{
    [Fact]
    public async Task A_retry_goes_on_after_a_restart_where_it_was()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(500, 500);
        var route = scene.Route() with { Retry = RetryPolicy.Sns(retries: 1) };
        scene.Dispatcher.Set(route);
        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        await scene.RestartAsync();
        scene.Dispatcher.Set(route);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(20));
        await scene.AttemptsAsync(1);

        Assert.Equal(2, Assert.Single(scene.History).Attempt);
        Assert.Equal(("hello", "Status/RetriesUsedUp"), await scene.DeadLetterAsync());
    }

    [Fact]
    public async Task Leases_go_back_to_their_queue()
    {
        await using var scene = await StartAsync();
        scene.Receiver.Answer = (context, _) => HttpReceiver.HangAsync(context);
        scene.Dispatcher.Set(scene.Route() with { ConcurrencyMax = 3 });
        for (var i = 0; i < 5; i++) await scene.SendAsync($"{i}");
        await UntilAsync(() => scene.Receiver.Arrived.Count == 3);
        Assert.Equal(5, (await scene.CountersAsync(Internal)).InFlight);

        await scene.Dispatcher.DisposeAsync();

        var counters = await scene.CountersAsync(Internal);
        Assert.Equal((5, 0), (counters.Visible, counters.InFlight));
    }

    [Fact]
    public async Task No_receive_is_left_waiting()
    {
        await using var scene = await StartAsync();
        scene.Dispatcher.Set(scene.Route());
        await scene.Test.WaitersAsync(1);

        await scene.Dispatcher.DisposeAsync();

        Assert.Equal(0, scene.Test.Broker.Figures.WaitingReceives);
        Assert.Throws<ObjectDisposedException>(() => scene.Dispatcher.Set(scene.Route()));
    }
}
