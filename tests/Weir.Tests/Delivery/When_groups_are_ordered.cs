using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_groups_are_ordered
{
    [Fact]
    public async Task A_failed_message_holds_back_its_group_and_no_other()
    {
        await using var scene = await StartAsync();
        var isFirst = true;
        scene.Receiver.Answer = (context, request) =>
        {
            if (request.Body == "a1" && isFirst) context.Response.StatusCode = 500;
            isFirst &= request.Body != "a1";
            return Task.CompletedTask;
        };
        foreach (var body in (string[])["a1", "a2", "b1", "a3", "b2"])
            await scene.SendAsync(body, InternalFifo, body[..1]);

        scene.Dispatcher.Set(scene.Route(queue: InternalFifo) with { OrderedByGroup = true });
        await scene.AttemptsAsync(3);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(20));
        await scene.AttemptsAsync(6);

        Assert.Equal(["a1", "a1", "a2", "a3"], Bodies(scene, "a"));
        Assert.Equal(["b1", "b2"], Bodies(scene, "b"));
        Assert.Equal(["a1", "a2", "a3"], scene.Receiver.Arrived.Skip(3).Select(request => request.Body));
    }

    [Fact]
    public async Task A_message_that_is_given_up_lets_the_next_go()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(400, 200);
        await scene.SendAsync("a1", InternalFifo, "a");
        await scene.SendAsync("a2", InternalFifo, "a");

        scene.Dispatcher.Set(scene.Route(queue: InternalFifo) with { OrderedByGroup = true });
        await scene.AttemptsAsync(2);

        Assert.Equal(["a1", "a2"], Bodies(scene, "a"));
        Assert.Equal(("a1", "Status/Permanent"), await scene.DeadLetterAsync());
    }

    private static IEnumerable<string> Bodies(PushScene scene, string group) => scene.Receiver.Arrived
        .Select(request => request.Body)
        .Where(body => body.StartsWith(group, StringComparison.Ordinal));
}
