using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Access;

/// <summary>What one account may do to the queues, topics and buses of another, by their policies.</summary>
public sealed class When_policies_reach_across_accounts
{
    private const string One = "111111111111";
    private const string Two = "222222222222";
    private const string Queue = $"arn:aws:sqs:us-east-1:{One}:orders";
    private const string QueueUrl = $"http://{TestSqs.Host}/{One}/orders";
    private const string Topic = $"arn:aws:sns:us-east-1:{One}:news";

    [Theory, OverBothWires]
    public async Task A_queue_takes_messages_from_those_its_policy_names(Wire wire)
    {
        await using var sqs = await StartAsync();
        var send = new SqsRequest("SendMessage").Set("QueueUrl", QueueUrl).Set("MessageBody", "hello");
        As(sqs, Two);
        var refused = await sqs.RefusedAsync(wire, send, "AccessDenied", 403);
        Assert.Contains($"not authorized to perform: sqs:SendMessage on resource: {Queue}", refused.Message,
            StringComparison.Ordinal);

        await AllowAsync(sqs, "sqs:SendMessage");
        As(sqs, Two);
        await sqs.OkAsync(wire, send);
        await sqs.OkAsync(wire, new SqsRequest("SendMessageBatch").Set("QueueUrl", QueueUrl).Item(
            "Entries", "SendMessageBatchRequestEntry", entry => entry.Set("Id", "a").Set("MessageBody", "again")));
        await sqs.RefusedAsync(wire, new SqsRequest("ReceiveMessage").Set("QueueUrl", QueueUrl), "AccessDenied", 403);
        await sqs.RefusedAsync(wire, new SqsRequest("DeleteQueue").Set("QueueUrl", QueueUrl), "AccessDenied", 403);
        As(sqs, "333333333333");
        await sqs.RefusedAsync(wire, send, "AccessDenied", 403);

        As(sqs, One);
        Assert.Equal(2, (await sqs.ReceiveAsync(QueueUrl)).Count);
    }

    [Theory, OverBothWires]
    public async Task What_no_policy_can_grant_stays_the_owners(Wire wire)
    {
        await using var sqs = await StartAsync();
        await AllowAsync(sqs, "sqs:*");
        As(sqs, Two);

        await sqs.OkAsync(wire, new SqsRequest("GetQueueUrl").Set("QueueName", "orders")
            .Set("QueueOwnerAWSAccountId", One));
        await sqs.OkAsync(wire, new SqsRequest("PurgeQueue").Set("QueueUrl", QueueUrl));
        foreach (var operation in (string[])["DeleteQueue", "ListQueueTags"])
        {
            await sqs.RefusedAsync(
                wire, new SqsRequest(operation).Set("QueueUrl", QueueUrl), "AccessDenied", 403);
        }
    }

    [Fact]
    public async Task A_deny_counts_for_the_owner_who_can_still_take_it_back()
    {
        await using var sqs = await StartAsync();
        await PolicyAsync(sqs, $$"""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"{{Queue}}"}""");

        await sqs.RefusedAsync(Wire.Json, new SqsRequest("SendMessage").Set("QueueUrl", QueueUrl)
            .Set("MessageBody", "x"), "AccessDenied", 403);
        await sqs.OkAsync(Wire.Json, new SqsRequest("SetQueueAttributes").Set("QueueUrl", QueueUrl)
            .Attributes(("Policy", "")));
        await sqs.SendAsync("x", QueueUrl);
    }

    [Fact]
    public async Task A_policy_counts_after_a_restart()
    {
        await using var sqs = await StartAsync();
        await AllowAsync(sqs, "sqs:SendMessage");
        await sqs.RestartAsync();
        As(sqs, Two);

        await sqs.SendAsync("x", QueueUrl);
        await sqs.RefusedAsync(
            Wire.Json, new SqsRequest("PurgeQueue").Set("QueueUrl", QueueUrl), "AccessDenied", 403);
    }

    [Fact]
    public async Task A_topic_is_published_to_and_subscribed_by_policy()
    {
        await using var sqs = await StartAsync();
        await SnsAsync(sqs, "Action=CreateTopic&Name=news");
        As(sqs, Two);
        await sqs.CreateAsync("inbox");
        var publish = $"Action=Publish&TopicArn={Topic}&Message=hello";
        var subscribe = $"Action=Subscribe&TopicArn={Topic}&Protocol=sqs&Endpoint="
            + $"arn:aws:sqs:us-east-1:{Two}:inbox";
        await SnsRefusedAsync(sqs, publish);
        await SnsRefusedAsync(sqs, subscribe);

        As(sqs, One);
        await SnsAsync(sqs, $"Action=AddPermission&TopicArn={Topic}&Label=two&AWSAccountId.member.1={Two}"
            + "&ActionName.member.1=Publish&ActionName.member.2=Subscribe");
        As(sqs, Two);
        await SnsRefusedAsync(sqs, subscribe);
        var inbox = $"http://{TestSqs.Host}/{Two}/inbox";
        var open = $$$"""
            {"Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage",
             "Condition":{"ArnEquals":{"aws:SourceArn":"{{{Topic}}}"}},"Resource":"*"}}
            """;
        await sqs.OkAsync(Wire.Json, new SqsRequest("SetQueueAttributes").Set("QueueUrl", inbox)
            .Attributes(("Policy", open)));
        var arn = (await SnsAsync(sqs, subscribe)).Descendants()
            .Single(element => element.Name.LocalName == "SubscriptionArn").Value;
        await SnsAsync(sqs, publish);
        Assert.Single(await sqs.ReceiveAsync(inbox));

        // The queue that shuts its door later gets no more.
        await sqs.OkAsync(Wire.Json, new SqsRequest("SetQueueAttributes").Set("QueueUrl", inbox)
            .Attributes(("Policy", "")));
        await SnsAsync(sqs, publish);
        Assert.Empty(await sqs.ReceiveAsync(inbox));
        Assert.Contains(sqs.Log.Entries, entry => entry.Text.Contains("does not let it in", StringComparison.Ordinal));

        await SnsRefusedAsync(sqs, $"Action=SetTopicAttributes&TopicArn={Topic}&AttributeName=DisplayName");
        await SnsAsync(sqs, $"Action=Unsubscribe&SubscriptionArn={arn}");
    }

    [Fact]
    public async Task An_event_goes_on_a_bus_of_another_by_its_policy_and_its_source()
    {
        await using var sqs = await StartAsync();
        await EventsAsync(sqs, "PutPermission", $$$"""
            {"StatementId":"two","Action":"events:PutEvents","Principal":"{{{Two}}}",
             "Condition":{"Type":"StringEquals","Key":"events:source","Value":"shop"}}
            """);
        As(sqs, Two);

        var answer = await EventsAsync(sqs, "PutEvents", $$"""
            {"Entries":[{{Entry("shop")}},{{Entry("else")}},{"Source":"own","DetailType":"t","Detail":"{}"}]}
            """);

        Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal("AccessDeniedException", answer["Entries"]![1]!["ErrorCode"]!.GetValue<string>());
    }

    private static string Entry(string source) => $$"""
        {"Source":"{{source}}","DetailType":"t","Detail":"{}",
         "EventBusName":"arn:aws:events:us-east-1:{{One}}:event-bus/default"}
        """;

    private static async Task<TestSqs> StartAsync()
    {
        var sqs = new TestSqs();
        As(sqs, One);
        await sqs.CreateAsync("orders");
        return sqs;
    }

    private static void As(TestSqs sqs, string account) => sqs.Caller = (account, "us-east-1");

    private static Task<SqsAnswer> AllowAsync(TestSqs sqs, string action) => PolicyAsync(sqs, $$$"""
        {"Effect":"Allow","Principal":{"AWS":"{{{Two}}}"},"Action":"{{{action}}}","Resource":"{{{Queue}}}"}
        """);

    /// <summary>The owner sets the queue's policy.</summary>
    private static Task<SqsAnswer> PolicyAsync(TestSqs sqs, string statement)
    {
        As(sqs, One);
        return sqs.OkAsync(
            Wire.Json, new SqsRequest("SetQueueAttributes").Set("QueueUrl", QueueUrl)
                .Attributes(("Policy", $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""")));
    }

    private static async Task<XElement> SnsAsync(TestSqs sqs, string form)
    {
        var (status, root) = await SendSnsAsync(sqs, form);
        Assert.True(status == 200, root.ToString());
        return root;
    }

    private static async Task SnsRefusedAsync(TestSqs sqs, string form)
    {
        var (status, root) = await SendSnsAsync(sqs, form);
        Assert.Equal(403, status);
        Assert.Contains("AuthorizationError", root.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Status, XElement Root)> SendSnsAsync(TestSqs sqs, string form)
    {
        var context = await sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(form + "&Version=2010-03-31"), "application/x-www-form-urlencoded");
        var body = ((MemoryStream)context.Response.Body).ToArray();
        return (context.Response.StatusCode, XDocument.Parse(Encoding.UTF8.GetString(body)).Root!);
    }

    private static async Task<JsonNode> EventsAsync(TestSqs sqs, string operation, string json)
    {
        var context = await sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(json), "application/x-amz-json-1.1", $"AWSEvents.{operation}");
        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        Assert.True(context.Response.StatusCode == 200, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
