using System.Net;
using Weir.Broker.Delivery;
using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_an_endpoint_is_not_to_be_called
{
    private static readonly PushOptions Strict = new()
    {
        // Every name leads to this machine, as a name that its owner points there would.
        Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }),
    };

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://rebound.example:{0}/")]
    [InlineData("http://user:password@rebound.example:{0}/")]
    public async Task It_is_not_and_the_message_is_dead_lettered(string address)
    {
        await using var scene = await StartAsync(Strict);
        scene.Dispatcher.Set(To(scene, string.Format(null, address, scene.Receiver.Port)));

        await scene.SendAsync("hello");

        Assert.Equal(("hello", "Refused/Permanent"), await scene.DeadLetterAsync());
        Assert.Empty(scene.Receiver.Arrived);
        Assert.Equal(CircuitPhase.Closed, scene.Figures.Circuit);
    }

    [Fact]
    public async Task A_host_that_the_options_name_is_called()
    {
        await using var scene = await StartAsync(Strict with { AllowPrivate = ["trusted.example"] });
        scene.Dispatcher.Set(To(scene, $"http://trusted.example:{scene.Receiver.Port}/"));

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        Assert.Equal($"trusted.example:{scene.Receiver.Port}", Assert.Single(scene.Receiver.Arrived).Headers["Host"]);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_allowed_are_connected_to()
    {
        await using var scene = await StartAsync(Strict with
        {
            AllowLoopback = true,
            Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse("169.254.169.254"), IPAddress.Loopback }),
        });
        scene.Dispatcher.Set(To(scene, $"http://both.example:{scene.Receiver.Port}/"));

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        Assert.Single(scene.Receiver.Arrived);
    }

    [Fact]
    public async Task Another_scheme_is_no_route()
    {
        await using var scene = await StartAsync(Strict);

        Assert.Throws<ArgumentException>(() => scene.Dispatcher.Set(To(scene, "ftp://example.org/")));
    }

    private static PushRoute To(PushScene scene, string address) => scene.Route() with
    {
        Endpoint = new Uri(address),
        Render = (_, _) => ValueTask.FromResult(PushRequest.Of(new(HttpMethod.Post, new Uri(address)))),
    };
}
