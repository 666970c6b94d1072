using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Broker.Delivery;
using Weir.Tests.Broker;
using Xunit;
using static Weir.Tests.Delivery.PushScene;

namespace Weir.Tests.Delivery;

public sealed class When_an_endpoint_fails
{
    private static readonly RetryPolicy TwoRetries = RetryPolicy.Sns(
        retries: 2, minDelay: TimeSpan.FromSeconds(5), maxDelay: TimeSpan.FromSeconds(15));

    [Fact]
    public async Task It_is_tried_again_after_the_delays_of_the_policy()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(500, 503, 200);
        scene.Dispatcher.Set(scene.Route() with { Retry = TwoRetries });
        var start = scene.Test.Time.GetUtcNow();

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(5));
        await scene.AttemptsAsync(2);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(15));
        await scene.AttemptsAsync(3);

        Assert.Equal([0, 5, 20], scene.History.Select(attempt => (attempt.At - start).TotalSeconds));
        Assert.Equal([500, 503, 200], scene.History.Select(attempt => attempt.Status!.Value));
        Assert.Equal(default, await scene.CountersAsync(Internal));
        Assert.Empty(scene.Log.Warnings);
    }

    [Fact]
    public async Task It_is_dead_lettered_after_the_last_retry()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(500);
        scene.Dispatcher.Set(scene.Route() with { Retry = RetryPolicy.Sns(retries: 2, immediate: 2) });

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(3);

        Assert.Equal(1, (await scene.CountersAsync(Dead)).Visible);
        Assert.Equal(("hello", "Status/RetriesUsedUp"), await scene.DeadLetterAsync());
        Assert.Equal(default, await scene.CountersAsync(Internal));
        Assert.Equal((1, 0), (scene.Figures.DeadLettered, scene.Figures.Dropped));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(302)]
    [InlineData(410)]
    public async Task A_permanent_failure_is_not_tried_again(int status)
    {
        await using var scene = await StartAsync();
        scene.Receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        scene.Dispatcher.Set(scene.Route());

        await scene.SendAsync("hello");

        Assert.Equal(("hello", "Status/Permanent"), await scene.DeadLetterAsync());
        Assert.Single(scene.Receiver.Arrived);
    }

    [Fact]
    public async Task Nobody_listening_is_a_failure_that_is_tried_again()
    {
        await using var scene = await StartAsync();
        var nowhere = new Uri("http://127.0.0.1:1/");
        scene.Dispatcher.Set(scene.Route() with
        {
            Endpoint = nowhere,
            Render = (_, _) => ValueTask.FromResult(PushRequest.Of(new(HttpMethod.Post, nowhere))),
            Retry = RetryPolicy.Sns(retries: 1, immediate: 1),
        });

        await scene.SendAsync("hello");

        Assert.Equal(("hello", "Connection/RetriesUsedUp"), await scene.DeadLetterAsync());
        Assert.Equal(2, scene.Figures.Attempts);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_cut_off_by_the_timeout()
    {
        await using var scene = await StartAsync();
        scene.Receiver.Answer = (context, _) => HttpReceiver.HangAsync(context);
        scene.Dispatcher.Set(scene.Route() with
        {
            Retry = RetryPolicy.Sns(retries: 0), Timeout = TimeSpan.FromSeconds(15),
        });

        await scene.SendAsync("hello");
        await UntilAsync(() => scene.Receiver.Arrived.Count == 1);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(15));
        await scene.AttemptsAsync(1);

        Assert.Equal(("hello", "Timeout/RetriesUsedUp"), await scene.DeadLetterAsync());
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_it_is_reported_and_dropped()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(404);
        scene.Dispatcher.Set(scene.Route() with { DeadLetter = null });

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        Assert.Equal(default, await scene.CountersAsync(Internal));
        Assert.Equal((0, 1), (scene.Figures.DeadLettered, scene.Figures.Dropped));
        var id = scene.History[0].MessageId.ToString();
        var warning = Assert.Single(scene.Log.Warnings);
        Assert.Contains(id, warning, StringComparison.Ordinal);
        Assert.Contains("answered 404", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_queue_that_refuses_is_reported_before_it_is_dropped()
    {
        await using var scene = await StartAsync();
        scene.Receiver.AnswerWith(404);
        var gone = TestBroker.Orders with { Name = "gone" };
        scene.Dispatcher.Set(scene.Route() with
        {
            DeadLetter = (message, _) => new(new DeadLetterContent(gone, message.Content)),
        });

        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        Assert.Equal(default, await scene.CountersAsync(Internal));
        Assert.Equal(1, scene.Figures.Dropped);
        Assert.Contains("gone", scene.Log.Warnings.First(), StringComparison.Ordinal);
        Assert.Equal(2, scene.Log.Warnings.Count);
    }

    [Fact]
    public async Task While_the_disk_has_no_room_for_a_dead_letter_the_message_stays()
    {
        var reserveBytes = 0L;
        await using var scene = await StartAsync(configure: options => options with
        {
            Journal = options.Journal with { ReserveBytes = reserveBytes },
        });
        scene.Receiver.AnswerWith(404);
        await scene.SendAsync("hello");

        // No disk has this much room.
        reserveBytes = long.MaxValue;
        await scene.RestartAsync();
        scene.Dispatcher.Set(scene.Route());
        await scene.AttemptsAsync(1);
        Assert.Equal((0, 0), (scene.Figures.DeadLettered, scene.Figures.Dropped));
        Assert.Equal(1, (await scene.CountersAsync(Internal)).InFlight);
        Assert.Contains("stays where it is", Assert.Single(scene.Log.Warnings), StringComparison.Ordinal);

        reserveBytes = 0;
        await scene.RestartAsync();
        scene.Dispatcher.Set(scene.Route());
        scene.Test.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.AttemptsAsync(1);
        Assert.Equal(("hello", "Status/Permanent"), await scene.DeadLetterAsync());
        Assert.Equal(default, await scene.CountersAsync(Internal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_a_failure_that_says_so()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=receiver", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var receiver = await HttpReceiver.StartAsync(certificate);
        await using var scene = await StartAsync();
        scene.Dispatcher.Set(scene.Route() with
        {
            Endpoint = receiver.Address,
            Render = (_, _) => new(PushRequest.Of(new HttpRequestMessage(HttpMethod.Post, receiver.Address))),
        });
        await scene.SendAsync("hello");
        await scene.AttemptsAsync(1);

        var attempt = Assert.Single(scene.History);
        Assert.Null(attempt.Status);
        Assert.StartsWith("There is no TLS connection: ", attempt.Error, StringComparison.Ordinal);
        Assert.Contains("certificate", attempt.Error, StringComparison.Ordinal);
        Assert.Empty(receiver.Arrived);
        Assert.Equal(1, (await scene.CountersAsync(Internal)).InFlight);
    }

    [Fact]
    public async Task One_too_old_is_given_up_without_a_try()
    {
        await using var scene = await StartAsync();
        await scene.SendAsync("hello");
        scene.Test.Time.Advance(TimeSpan.FromSeconds(60));

        scene.Dispatcher.Set(scene.Route() with { Retry = RetryPolicy.EventBridge(ageMax: TimeSpan.FromSeconds(60)) });

        Assert.Equal(("hello", "Expired/TooOld"), await scene.DeadLetterAsync());
        Assert.Empty(scene.Receiver.Arrived);
    }

    [Fact]
    public async Task A_pause_that_it_asks_for_is_kept_to_by_all_that_goes_there()
    {
        await using var scene = await StartAsync();
        scene.Receiver.Answer = (context, _) =>
        {
            if (scene.Receiver.Arrived.Count > 1) return Task.CompletedTask;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "28";
            return Task.CompletedTask;
        };
        scene.Dispatcher.Set(scene.Route());
        var start = scene.Test.Time.GetUtcNow();
        await scene.SendAsync("first");
        await scene.AttemptsAsync(1);

        await scene.SendAsync("second");
        await UntilAsync(() => scene.Figures.UnderWay == 1);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(14));
        await scene.AdvanceAsync(TimeSpan.FromSeconds(14));
        await scene.AttemptsAsync(3);

        Assert.Equal([0, 28, 28], scene.History.Select(attempt => (attempt.At - start).TotalSeconds));
    }
}
