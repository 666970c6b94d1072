using Weir.Broker.Delivery;
using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_a_message_is_pushed
{
    [Fact]
    public async Task It_arrives_and_leaves_its_queue()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(202);
        scene.Dispatcher.Set(scene.Route());

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        Assert.Equal("hello", Assert.Single(scene.Receiver.Arrived).Body);
        Assert.Equal(default, await scene.CountersAsync(Internal));
        Assert.Equal((1, 0, null), (scene.Figures.Delivered, scene.Figures.Failed, scene.Figures.LastError));
        var attempt = Assert.Single(scene.History);
        Assert.Equal((202, null, 1, "answer 0"), (attempt.Status, attempt.Error, attempt.Attempt, attempt.Answer));
    }

    [Fact]
    public async Task One_that_cannot_be_rendered_is_dead_lettered_without_a_call()
    {
        await using var scene = await StartAsync();
        scene.Dispatcher.Set(scene.Route() with
        {
            Render = (_, _) => ValueTask.FromResult(PushRequest.Unrenderable("no such field")),
        });

        await scene.SendAsync("hello");

        Assert.Equal(("hello", "Unrenderable/Permanent"), await scene.DeadLetterAsync());
        Assert.Empty(scene.Receiver.Arrived);
        await scene.AttemptsAsync(1);
        Assert.Equal("no such field", scene.Figures.LastError);
    }

    [Fact]
    public async Task A_changed_route_is_used_for_what_comes_then_and_its_figures_stay()
    {
        await using var scene = await StartAsync();
        scene.Dispatcher.Set(scene.Route(path: "/old"));
        await scene.SendAsync("1");
        await scene.AttemptsAsync(1);

        scene.Dispatcher.Set(scene.Route(path: "/new"));
        await scene.SendAsync("2");
        await scene.AttemptsAsync(2);

        Assert.Equal(["/old", "/new"], scene.Receiver.Arrived.Select(request => request.Path));
    }

    [Fact]
    public async Task A_removed_route_leaves_the_messages_where_they_are()
    {
        await using var scene = await StartAsync();
        scene.Dispatcher.Set(scene.Route());
        await scene.Test.WaitersAsync(1);

        scene.Dispatcher.Remove(RouteId);
        await scene.Test.WaitersAsync(0);
        await scene.SendAsync("hello");

        Assert.Equal(1, (await scene.CountersAsync(Internal)).Visible);
        Assert.Null(scene.Dispatcher.FiguresOf(RouteId));
        Assert.Empty(scene.Dispatcher.HistoryOf(RouteId));
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_route_says()
    {
        await using var scene = await StartAsync();
        var goOn = new TaskCompletionSource();
        scene.Receiver.Answer = (_, _) => goOn.Task;
        scene.Dispatcher.Set(scene.Route() with { ConcurrencyMax = 3 });

        for (var i = 0; i < 20; i++) await scene.SendAsync($"{i}");
        await UntilAsync(() => scene.Receiver.Arrived.Count == 3 && scene.Figures.UnderWay == 9);

        // Three are called and six are leased for the calls after them; none is called before its turn.
        Assert.Equal(11, (await scene.CountersAsync(Internal)).Visible);
        Assert.Equal(3, scene.Receiver.Arrived.Count);
        goOn.SetResult();
        await scene.AttemptsAsync(20);
    }

    [Fact]
    public async Task An_order_by_group_needs_a_fifo_queue()
    {
        await using var scene = await StartAsync();

        Assert.Throws<ArgumentException>(() => scene.Dispatcher.Set(scene.Route() with { OrderedByGroup = true }));
    }
}
