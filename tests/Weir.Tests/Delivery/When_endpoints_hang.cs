using Weir.Broker.Delivery;
using Weir.Tests.Broker;
using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_endpoints_hang
{
    private const int Endpoints = 100;
    private const int Hanging = 10;
    private const int MessagesEach = 5;

    [Fact]
    public async Task All_messages_of_all_others_arrive()
    {
        // Fewer calls at once than the hanging endpoints would take.
        await using var scene = await StartAsync(new PushOptions { AllowLoopback = true, ConcurrencyMax = 40 });
        scene.Receiver.Answer = (context, request) =>
            request.Path.StartsWith("/hang", StringComparison.Ordinal)
                ? HttpReceiver.HangAsync(context)
                : Task.CompletedTask;
        for (var i = 0; i < Endpoints; i++)
        {
            var queue = TestBroker.Orders with { Name = $"~{i}" };
            await scene.Test.CreateAsync(queue);
            await scene.Test.SendAsync(queue, [.. Enumerable.Range(0, MessagesEach).Select(body => $"{i}/{body}")]);
            var path = i < Hanging ? $"/hang/{i}" : $"/{i}";
            scene.Dispatcher.Set(scene.Route($"{i}", queue, path) with { Destination = $"{i}" });
        }

        const int Good = (Endpoints - Hanging) * MessagesEach;
        await UntilAsync(() => Delivered(scene) == Good);

        var arrived = scene.Receiver.Arrived.Where(
            request => !request.Path.StartsWith("/hang", StringComparison.Ordinal));
        Assert.Equal(Good, arrived.Select(request => request.Body).Distinct().Count());
    }

    private static long Delivered(PushScene scene) =>
        Enumerable.Range(0, Endpoints).Sum(i => scene.Dispatcher.FiguresOf($"{i}")!.Delivered);
}
