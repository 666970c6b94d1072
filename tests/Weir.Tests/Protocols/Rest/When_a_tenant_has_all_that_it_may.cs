using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

/// <summary>
/// Each quota of what a tenant has: beyond it the service's own error, below it again all is well; a change holds at
/// once, and after a restart.
/// </summary>
public sealed class When_a_tenant_has_all_that_it_may : IAsyncDisposable
{
    private const string Quotas = "/_weir/admin/quotas/000000000000";
    private const string Arn = "arn:aws:sqs:us-east-1:000000000000:orders";
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:";
    private const string Role = "arn:aws:iam::000000000000:role/r";

    private readonly TestRest _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    public static TheoryData<string, string, string, int> Definitions() => new()
    {
        { "queues", "queuesMax", "OverLimit", 403 },
        { "topics", "topicsMax", "TopicLimitExceeded", 403 },
        { "rules", "rulesMax", "LimitExceededException", 400 },
        { "schedules", "schedulesMax", "ServiceQuotaExceededException", 402 },
        { "pipes", "pipesMax", "ServiceQuotaExceededException", 402 },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task No_more_is_made_until_something_is_deleted(string kind, string member, string code, int status)
    {
        if (kind != "queues")
        {
            await _rest.Queues.CreateAsync("orders");
            await _rest.Queues.CreateAsync("other");
        }

        await _rest.PutAsync(Quotas, $$"""{"{{member}}":2}""");
        await OkAsync(Make(kind, 1));
        await OkAsync(Make(kind, 2));
        await RefusedAsync(Make(kind, 3), code, status);
        await OkAsync(Make(kind, 2), mayBeThere: true);

        await OkAsync(Delete(kind, 1));
        await OkAsync(Make(kind, 3));
        await RefusedAsync(Make(kind, 4), code, status);
        await _rest.PutAsync(Quotas, $$"""{"{{member}}":3}""");
        await OkAsync(Make(kind, 4));
        await _rest.RestartAsync();
        await RefusedAsync(Make(kind, 5), code, status);
        var standing = (await _rest.GetAsync(Quotas)).Json;
        Assert.Equal(3, standing["used"]![kind]!.GetValue<int>());
        Assert.Equal(1, standing["throttled"]![$"by{char.ToUpperInvariant(kind[0])}{kind[1..]}"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"messagesMax":2}""", """{"messagesMax":3}""")]
    [InlineData("""{"bytesStoredMax":220}""", """{"bytesStoredMax":330}""")]
    public async Task Every_way_to_send_is_throttled_until_something_is_deleted(string quota, string more)
    {
        await _rest.Queues.CreateAsync("orders");
        await OkAsync(Sns("CreateTopic", "Name=news"));
        await OkAsync(Sns("Subscribe", $"TopicArn={Topic}news&Protocol=sqs&Endpoint={Arn}"));
        await OkAsync(Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}"}"""));
        await OkAsync(Events("PutTargets", $$"""{"Rule":"r","Targets":[{"Id":"t","Arn":"{{Arn}}"}]}"""));
        await _rest.PutAsync(Quotas, quota);
        await _rest.Queues.SendAsync(new string('x', 80));
        await _rest.Queues.SendAsync(new string('x', 80));

        var body = new string('y', 80);
        var send = Json("AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{TestSqs.OrdersUrl}}","MessageBody":"{{body}}"}""");
        var publish = Sns("Publish", $"TopicArn={Topic}news&Message={body}");
        var put = Events(
            "PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"b","Detail":"{\"a\":\"{{body}}\"}"}]}""");
        await RefusedAsync(send, "RequestThrottled", 403, retryAfter: "1");
        await RefusedAsync(publish, "Throttled", 429, retryAfter: "1");
        Assert.Contains("ThrottlingException", (await CallAsync(put)).Text, StringComparison.Ordinal);
        var refused = await _rest.PostAsync("/_weir/queues/orders/messages", body);
        Assert.Equal((429, "quota-used-up", "1"), (refused.Status, refused.Problem, refused.Headers["Retry-After"]));

        await _rest.DeleteAsync(await _rest.ReceiveAsync());
        await OkAsync(send);
        _rest.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(publish, "Throttled", 429, retryAfter: "1");
        await _rest.PutAsync(Quotas, more);
        await _rest.RestartAsync();
        await OkAsync(send);
        await RefusedAsync(send, "RequestThrottled", 403, retryAfter: "1");
    }

    [Fact]
    public async Task The_door_refuses_unread_what_the_engine_has_just_refused()
    {
        await _rest.Queues.CreateAsync("orders");
        await _rest.PutAsync(Quotas, """{"messagesMax":0}""");
        await RefusedAsync(Send("first"), "RequestThrottled", 403);
        var unread = new NeverRead();
        var context = await _rest.Queues.SendAsync(
            "POST", "/", [], "application/x-amz-json-1.0", "AmazonSQS.SendMessage", http =>
            {
                http.Request.Body = unread;
                http.Request.ContentLength = 100;
            });
        Assert.Equal(403, context.Response.StatusCode);
        Assert.False(unread.WasRead);
        await OkAsync(Json("AmazonSQS.ListQueues", "{}"));
        Assert.Equal(2, (await _rest.GetAsync(Quotas)).Json["throttled"]!["byMessages"]!.GetValue<int>());

        _rest.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        await _rest.PutAsync(Quotas, """{"messagesMax":1}""");
        await OkAsync(Send("second"));
    }

    [Fact]
    public async Task Receives_beyond_the_messages_in_flight_are_over_the_limit_and_of_fifo_queues_wait()
    {
        await _rest.Queues.CreateAsync("orders");
        await _rest.Queues.CreateAsync("orders.fifo");
        for (var i = 0; i < 3; i++) await _rest.Queues.SendAsync($"m{i}");
        await _rest.Queues.SendFifoAsync("f");
        await _rest.PutAsync(Quotas, """{"inFlightMax":2}""");
        var leased = await _rest.Queues.ReceiveAsync();
        Assert.Equal(2, leased.Count);
        var receive = Json("AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{TestSqs.OrdersUrl}}"}""");
        await RefusedAsync(receive, "OverLimit", 403);
        var waits = CallAsync(Json(
            "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{TestSqs.FifoUrl}}","WaitTimeSeconds":20}"""));
        await _rest.Queues.Broker.WaitersAsync(1);

        var handle = leased[0].Text("ReceiptHandle");
        await OkAsync(Json(
            "AmazonSQS.DeleteMessage", $$"""{"QueueUrl":"{{TestSqs.OrdersUrl}}","ReceiptHandle":"{{handle}}"}"""));
        Assert.Contains("\"Body\":\"f\"", (await waits).Text, StringComparison.Ordinal);
        await RefusedAsync(receive, "OverLimit", 403);
        await _rest.RestartAsync();
        await RefusedAsync(receive, "OverLimit", 403);
        await _rest.PutAsync(Quotas, """{"inFlightMax":3}""");
        await OkAsync(receive);
    }

    [Fact]
    public async Task Those_that_make_something_at_once_do_not_go_over()
    {
        await _rest.PutAsync(Quotas, """{"queuesMax":5,"messagesMax":7}""");
        var made = await AtOnceAsync(i => Make("queues", i));
        Assert.Equal(5, made.Count(answer => answer.Status == 200));
        await _rest.PutAsync(Quotas, """{"messagesMax":7}""");
        await _rest.Queues.CreateAsync("orders");
        var sent = await AtOnceAsync(i => Send($"m{i}"));
        Assert.Equal(7, sent.Count(answer => answer.Status == 200));
        Assert.Equal("7", (await _rest.Queues.AttributesAsync())["ApproximateNumberOfMessages"]);
    }

    private static Request Send(string body) => Json(
        "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{TestSqs.OrdersUrl}}","MessageBody":"{{body}}"}""");

    private static Request Make(string kind, int i) => kind switch
    {
        "queues" => Json("AmazonSQS.CreateQueue", $$"""{"QueueName":"q{{i}}"}"""),
        "topics" => Sns("CreateTopic", $"Name=t{i}"),
        "rules" => Events("PutRule", $$"""{"Name":"r{{i}}","EventPattern":"{\"source\":[\"a\"]}"}"""),
        "schedules" => new("POST", $"/schedules/s{i}", $$$"""
            {"ScheduleExpression":"rate(1 hour)","FlexibleTimeWindow":{"Mode":"OFF"},
            "Target":{"Arn":"{{{Arn}}}","RoleArn":"{{{Role}}}","Input":"hello"}}
            """, "application/json", null),
        _ => new("POST", $"/v1/pipes/p{i}", $$"""
            {"Source":"{{Arn}}","Target":"{{Arn.Replace("orders", "other", StringComparison.Ordinal)}}",
            "RoleArn":"{{Role}}","DesiredState":"STOPPED"}
            """, "application/json", null),
    };

    private static Request Delete(string kind, int i) => kind switch
    {
        "queues" => Json("AmazonSQS.DeleteQueue", $$"""{"QueueUrl":"http://{{TestSqs.Host}}/000000000000/q{{i}}"}"""),
        "topics" => Sns("DeleteTopic", $"TopicArn={Topic}t{i}"),
        "rules" => Events("DeleteRule", $$"""{"Name":"r{{i}}"}"""),
        "schedules" => new("DELETE", $"/schedules/s{i}", "", null, null),
        _ => new("DELETE", $"/v1/pipes/p{i}", "", null, null),
    };

    private static Request Json(string target, string body) =>
        new("POST", "/", body, "application/x-amz-json-1.0", target);

    private static Request Events(string operation, string body) =>
        new("POST", "/", body, "application/x-amz-json-1.1", $"AWSEvents.{operation}");

    private static Request Sns(string action, string form) => new(
        "POST", "/", $"Action={action}&Version=2010-03-31&{form}", "application/x-www-form-urlencoded", null);

    private async Task<(int Status, string Text, string RetryAfter)> CallAsync(Request request)
    {
        var context = await _rest.Queues.SendAsync(
            request.Method, request.Path, Encoding.UTF8.GetBytes(request.Body), request.Type, request.Target,
            http => http.Features.Get<IHttpRequestFeature>()!.RawTarget = request.Path);
        return (context.Response.StatusCode,
            Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray())
                + context.Response.Headers["x-amzn-errortype"],
            context.Response.Headers.RetryAfter.ToString());
    }

    private Task<(int Status, string Text, string RetryAfter)[]> AtOnceAsync(Func<int, Request> request) =>
        Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => CallAsync(request(i)))));

    private async Task OkAsync(Request request, bool mayBeThere = false)
    {
        var answer = await CallAsync(request);
        Assert.True(answer.Status == 200 || (mayBeThere && answer.Status == 409), answer.Text);
    }

    private async Task RefusedAsync(Request request, string code, int status, string? retryAfter = null)
    {
        var answer = await CallAsync(request);
        Assert.True(answer.Status == status && answer.Text.Contains(code, StringComparison.Ordinal),
            $"{answer.Status}: {answer.Text}");
        if (retryAfter is not null) Assert.Equal(retryAfter, answer.RetryAfter);
    }

    private sealed record Request(string Method, string Path, string Body, string? Type, string? Target);

    private sealed class NeverRead : MemoryStream
    {
        public bool WasRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
