using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
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

    [Fact]
    public async Task No_more_calls_of_a_tenant_are_under_way_than_its_quota()
    {
        await using var scene = await StartAsync();
        var admission = new Admission(scene.Test.Broker);
        scene.Dispatcher.Hold(admission);
        var quotas = new QuotaDirectory(scene.Test.Broker);
        await quotas.PutAsync("default", new TenantQuotas { WebhookConcurrencyMax = 3 });
        scene.Receiver.Answer = (context, _) => HttpReceiver.HangAsync(context);
        for (var i = 0; i < 5; i++)
        {
            var queue = TestBroker.Orders with { Name = $"~{i}" };
            await scene.Test.CreateAsync(queue);
            await scene.Test.SendAsync(queue, "a", "b");
            scene.Dispatcher.Set(scene.Route($"{i}", queue, $"/{i}") with { Destination = $"{i}" });
        }

        // Ten calls are wanted: three are under way, and each of the others was told to wait once.
        await UntilAsync(() => Standing() is { Refused: 7, Used: 3 } && scene.Receiver.Arrived.Count == 3);
        Assert.NotNull(Standing().HeldSince);

        QuotaStanding Standing() => admission.StandingOf(TestBroker.Orders.Account)[(int)Quota.WebhookConcurrency];
    }

    private static long Delivered(PushScene scene) =>
        Enumerable.Range(0, Endpoints).Sum(i => scene.Dispatcher.FiguresOf($"{i}")!.Delivered);
}
