using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class When_a_rule_calls_an_api_destination
{
    private const string OAuth = """
        {"OAuthParameters":{"ClientParameters":{"ClientID":"i","ClientSecret":"s"},"HttpMethod":"POST",
         "AuthorizationEndpoint":"ADDRESStoken"}}
        """;

    [Fact]
    public async Task The_event_comes_with_what_belongs_to_the_call()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync()));
        var id = await test.Events.PutAsync("""{"price":1}""");

        var request = Assert.Single(await test.ArrivedAsync(1));
        Assert.Equal(("/hook", "POST"), (request.Path, request.Method));
        Assert.Equal(id, JsonNode.Parse(request.Body)!["id"]!.GetValue<string>());
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal("Amazon/EventBridge/ApiDestinations", request.Headers["User-Agent"]);
        Assert.Equal("Basic " + Convert.ToBase64String("ann:pa55-secret"u8), request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Parameters_come_from_event_target_and_connection_which_wins()
    {
        await using var test = await TestEndpoints.StartAsync();
        var connection = await test.ConnectAsync(type: "API_KEY", auth: """
            {"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"k3y"},
             "InvocationHttpParameters":{
              "HeaderParameters":[{"Key":"X-Both","Value":"connection","IsValueSecret":true}],
              "QueryStringParameters":[{"Key":"b c","Value":"&"}],
              "BodyParameters":[{"Key":"added","Value":"yes"}]}}
            """);
        await test.RuleAsync(await test.DestinationAsync(connection, path: "of/*/at/*"), """
            ,"InputPath":"$.detail","HttpParameters":{"PathParameterValues":["$.detail.id","a/b"],
             "HeaderParameters":{"x-both":"target","X-Source":"$.source"},"QueryStringParameters":{"q":"$.detail.n"}}
            """);
        await test.Events.PutAsync("""{"id":"x?y","n":5}""");

        var request = Assert.Single(await test.ArrivedAsync(1));
        Assert.Equal("?q=5&b%20c=%26", request.Query);
        Assert.Equal("/of/x%3Fy/at/a%2Fb", request.Path);
        Assert.Equal(("k3y", "connection", "shop"),
            (request.Headers["X-Key"], request.Headers["X-Both"], request.Headers["X-Source"]));
        Assert.Equal("""{"id":"x?y","n":5,"added":"yes"}""", request.Body);
    }

    [Fact]
    public async Task A_token_is_fetched_once_and_again_when_it_is_not_taken()
    {
        await using var test = await TestEndpoints.StartAsync();
        var tokens = 0;
        test.Receiver.Answer = (context, request) =>
        {
            if (request.Path == "/token")
                return context.Response.WriteAsync($$"""{"access_token":"t{{++tokens}}","expires_in":3600}""");
            if (request.Headers["Authorization"] == "Bearer t1" && test.Receiver.Arrived.Count > 3)
                context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        var auth = OAuth.Replace("ADDRESS", test.Receiver.Address.ToString(), StringComparison.Ordinal);
        await test.RuleAsync(await test.DestinationAsync(
            await test.ConnectAsync(type: "OAUTH_CLIENT_CREDENTIALS", auth: auth)));
        await test.Events.PutAsync();
        await test.ArrivedAsync(2);
        await test.Events.PutAsync();
        await test.ArrivedAsync(3);
        await test.Events.PutAsync();

        var all = await test.ArrivedAsync(6);
        Assert.Equal(["/token", "/hook", "/hook", "/hook", "/token", "/hook"], all.Select(request => request.Path));
        Assert.Equal("grant_type=client_credentials&client_id=i&client_secret=s", all[0].Body);
        Assert.Equal("Bearer t2", all[5].Headers["Authorization"]);
    }

    [Fact]
    public async Task What_is_worth_it_is_tried_again_and_a_restart_goes_on()
    {
        await using var test = await TestEndpoints.StartAsync();
        test.Receiver.AnswerWith(500, 429, 200);
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync()));
        var id = await test.Events.PutAsync();
        await test.ArrivedAsync(1);
        await test.RestartAsync();

        var all = await test.ArrivedLaterAsync(3);
        Assert.All(all, request => Assert.Contains(id, request.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, 5, "SDK_CLIENT_ERROR", "0", null)]
    [InlineData(500, 0, "SDK_CLIENT_ERROR", "0", "MaximumRetryAttempts")]
    [InlineData(429, 0, "THROTTLING", "0", "MaximumRetryAttempts")]
    public async Task What_cannot_be_delivered_is_dead_lettered_with_why(
        int status, int retries, string code, string attempts, string? condition)
    {
        await using var test = await TestEndpoints.StartAsync();
        test.Receiver.AnswerWith(status);
        var destination = await test.DestinationAsync(await test.ConnectAsync());
        await test.RuleAsync(destination, $$""","RetryPolicy":{"MaximumRetryAttempts":{{retries}}}""");
        await test.Events.PutAsync();

        var letter = await test.DeadLetterAsync();
        Assert.Equal(($"{TestEvents.Prefix}rule/r", destination), (letter["RULE_ARN"], letter["TARGET_ARN"]));
        Assert.Equal((code, attempts), (letter["ERROR_CODE"], letter["RETRY_ATTEMPTS"]));
        Assert.Equal(condition, letter.GetValueOrDefault("EXHAUSTED_RETRY_CONDITION"));
        Assert.Contains($"{status}", letter["ERROR_MESSAGE"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_is_dead_lettered()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync(), path: "*"), """
            ,"HttpParameters":{"PathParameterValues":["$.detail.none"]}
            """);
        await test.Events.PutAsync();

        Assert.Equal("INVALID_PARAMETER", (await test.DeadLetterAsync())["ERROR_CODE"]);
    }

    [Fact]
    public async Task The_rate_is_kept()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(
            await test.ConnectAsync(), more: ",\"InvocationRateLimitPerSecond\":1"));
        for (var i = 0; i < 3; i++) await test.Events.PutAsync();
        await test.ArrivedAsync(1);
        var start = test.Events.Sqs.Broker.Time.GetUtcNow();

        await test.ArrivedLaterAsync(3);
        Assert.True(test.Events.Sqs.Broker.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_rate_is_one_for_all_rules_that_call_it()
    {
        await using var test = await TestEndpoints.StartAsync();
        var destination = await test.DestinationAsync(
            await test.ConnectAsync(), more: ",\"InvocationRateLimitPerSecond\":1");
        await test.RuleAsync(destination);
        await test.RuleAsync(destination, rule: "other");
        for (var i = 0; i < 2; i++) await test.Events.PutAsync();
        await test.ArrivedAsync(1);
        var start = test.Events.Sqs.Broker.Time.GetUtcNow();

        await test.ArrivedLaterAsync(4);
        Assert.True(test.Events.Sqs.Broker.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_token_is_used_until_a_minute_before_it_expires()
    {
        await using var test = await TestEndpoints.StartAsync();
        var tokens = 0;
        test.Receiver.Answer = (context, request) => request.Path == "/token"
            ? context.Response.WriteAsync($$"""{"access_token":"t{{++tokens}}","expires_in":3600}""")
            : Task.CompletedTask;
        var auth = OAuth.Replace("ADDRESS", test.Receiver.Address.ToString(), StringComparison.Ordinal);
        await test.RuleAsync(await test.DestinationAsync(
            await test.ConnectAsync(type: "OAUTH_CLIENT_CREDENTIALS", auth: auth)));
        await DeliverAsync();
        test.Events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(3_539));
        await DeliverAsync();
        test.Events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        await test.Events.PutAsync();

        var all = await test.ArrivedAsync(5);
        Assert.Equal(["/token", "/hook", "/hook", "/token", "/hook"], all.Select(request => request.Path));
        Assert.Equal(["Bearer t1", "Bearer t1", "Bearer t2"],
            all.Where(request => request.Path == "/hook").Select(request => request.Headers["Authorization"]));

        // The answer must have come before the clock moves, or it is one that never came.
        async Task DeliverAsync()
        {
            var before = test.Events.Sqs.Broker.Broker.Figures.Messages;
            await test.Events.PutAsync();
            await PushScene.UntilAsync(() => test.Events.Sqs.Broker.Broker.Figures.Messages == before);
        }
    }

    [Fact]
    public async Task Its_queue_comes_and_goes_with_the_target()
    {
        await using var test = await TestEndpoints.StartAsync();
        var destination = await test.DestinationAsync(await test.ConnectAsync());
        var before = await test.Events.Sqs.CountQueuesAsync();
        await test.RuleAsync(destination);
        Assert.Equal(before + 2, await test.Events.Sqs.CountQueuesAsync());
        await test.Events.TargetsAsync("r", TestEndpoints.Target(destination, ",\"Input\":\"1\""));
        Assert.Equal(before + 2, await test.Events.Sqs.CountQueuesAsync());
        await test.Events.OkAsync("RemoveTargets", """{"Rule":"r","Ids":["t"]}""");
        Assert.Equal(before + 1, await test.Events.Sqs.CountQueuesAsync());
    }

    [Fact]
    public async Task A_target_is_answered_as_it_was_put_and_a_wrong_one_is_refused()
    {
        await using var test = await TestEndpoints.StartAsync();
        var destination = await test.DestinationAsync(await test.ConnectAsync(), path: "*");
        const string parameters = """
            {"PathParameterValues":["$.id"],"HeaderParameters":{"A":"b"},"QueryStringParameters":{"c":"d"}}
            """;
        await test.RuleAsync(destination, $",\"HttpParameters\":{parameters}");
        var listed = await test.Events.OkAsync("ListTargetsByRule", """{"Rule":"r"}""");
        Assert.Equal(parameters, listed["Targets"]![0]!["HttpParameters"]!.ToJsonString());

        string[] wrong =
        [
            "", ",\"HttpParameters\":{\"PathParameterValues\":[\"a\",\"b\"]}",
            ",\"HttpParameters\":{\"PathParameterValues\":[\"a\"],\"HeaderParameters\":{\"Host\":\"h\"}}",
            ",\"HttpParameters\":{\"PathParameterValues\":[\"$.a[\"]}",
        ];
        foreach (var more in wrong)
        {
            var answer = await test.Events.PutTargetsAsync("r", TestEndpoints.Target(destination, more));
            Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        }
    }
}
