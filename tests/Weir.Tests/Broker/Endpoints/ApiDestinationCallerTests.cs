using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker;
using Weir.Broker.Delivery;
using Weir.Broker.Endpoints;
using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Broker.Endpoints;

public sealed class ApiDestinationCallerTests : IAsyncLifetime
{
    private static readonly EndpointName Name = new("000000000000", "us-east-1", "d");

    private readonly TestBroker _test = new();
    private HttpReceiver _receiver = null!;
    private PushDispatcher _dispatcher = null!;
    private ApiDestinationCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await HttpReceiver.StartAsync();
        Open(allowLoopback: true);
        var endpoints = new EndpointDirectory(_test.Broker);
        var connection = await endpoints.CreateAsync(Name, new ConnectionConfig
        {
            Name = "d", Id = _test.Broker.Ids.NewId(), Principal = "u", Secret = SecretText.Plain("p"),
        });
        var made = await endpoints.CreateAsync(Name, new ApiDestinationConfig
        {
            Name = "d",
            Id = _test.Broker.Ids.NewId(),
            Connection = "d",
            ConnectionId = connection.Value.Id,
            Method = "POST",
            Endpoint = $"{_receiver.Address}call",
            RatePerSecond = 1,
        });
        Assert.True(made.IsOk);
    }

    public async ValueTask DisposeAsync()
    {
        await _dispatcher.DisposeAsync();
        await _receiver.DisposeAsync();
        await _test.DisposeAsync();
    }

    [Fact]
    public async Task It_answers_status_and_body()
    {
        _receiver.Answer = (context, request) => context.Response.WriteAsync($"[{request.Body}]");
        var answer = await CallAsync();

        Assert.True(answer.IsOk);
        Assert.Equal((200, "[{}]"), (answer.Status!.Value, Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.Equal(
            "Basic " + Convert.ToBase64String("u:p"u8), Assert.Single(_receiver.Arrived).Headers["Authorization"]);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(429, true)]
    [InlineData(404, false)]
    public async Task A_refusal_is_answered_with_whether_to_try_again(int status, bool isWorthRetry)
    {
        _receiver.AnswerWith(status);
        var answer = await CallAsync();

        Assert.Equal((PushFailureKind.Status, status, isWorthRetry), (answer.Kind, answer.Status, answer.IsWorthRetry));
        Assert.Equal("answer 0", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_a_failure()
    {
        _receiver.Answer = (context, _) =>
            context.Response.WriteAsync(new string('a', ApiDestinationCaller.BodyBytesMax + 1));
        var answer = await CallAsync();

        Assert.False(answer.IsOk);
        Assert.Equal(0, answer.Body.Length);
    }

    [Fact]
    public async Task A_call_that_hangs_ends_in_time()
    {
        var hanging = new TaskCompletionSource();
        _receiver.Answer = (context, _) =>
        {
            hanging.SetResult();
            return HttpReceiver.HangAsync(context);
        };
        var calling = CallAsync();
        await hanging.Task;
        _test.Time.Advance(ApiDestinationCaller.Timeout);

        Assert.Equal(PushFailureKind.Timeout, (await calling).Kind);
    }

    [Fact]
    public async Task The_rate_holds_from_call_to_call()
    {
        await CallAsync();
        var second = CallAsync();
        Assert.False(second.IsCompleted);
        _test.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await second).IsOk);
        Assert.Equal(2, _receiver.Arrived.Count);
    }

    [Fact]
    public async Task An_address_that_Weir_does_not_call_is_refused()
    {
        await _dispatcher.DisposeAsync();
        Open(allowLoopback: false);

        Assert.Equal(PushFailureKind.Refused, (await CallAsync()).Kind);
        Assert.Empty(_receiver.Arrived);
    }

    [Fact]
    public async Task What_is_not_there_is_not_called()
    {
        var answer = await _caller.CallAsync(
            Name with { Name = "none" }, "{}"u8.ToArray(), CallParameters.None, TestContext.Current.CancellationToken);

        Assert.Equal(PushFailureKind.Unrenderable, answer.Kind);
    }

    private Task<CallAnswer> CallAsync() => _caller.CallAsync(
        Name, "{}"u8.ToArray(), CallParameters.None, TestContext.Current.CancellationToken).AsTask();

    private void Open(bool allowLoopback)
    {
        _dispatcher = new PushDispatcher(
            _test.Broker, new PushOptions { AllowLoopback = allowLoopback }, _test.Time, IdSource.FromSeed(2),
            NullLogger<PushDispatcher>.Instance);
        _caller = new ApiDestinationCaller(_test.Broker, _dispatcher);
    }
}
