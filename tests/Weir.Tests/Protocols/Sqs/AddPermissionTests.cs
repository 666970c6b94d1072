using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class AddPermissionTests
{
    [Theory, OverBothWires]
    public async Task A_statement_is_added_under_its_label(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        await sqs.OkAsync(wire, Add("one", ["111111111111"], ["ReceiveMessage"]));
        await sqs.OkAsync(wire, Add("two", ["111111111111", "222222222222"], ["SendMessage", "*"]));

        var policy = JsonNode.Parse((await sqs.AttributesAsync())["Policy"])!;
        Assert.Equal($"{TestSqs.OrdersArn}/SQSDefaultPolicy", policy["Id"]!.GetValue<string>());
        Assert.Equal("2008-10-17", policy["Version"]!.GetValue<string>());
        var expected = JsonNode.Parse($$"""
            [
              {"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},
               "Action":"SQS:ReceiveMessage","Resource":"{{TestSqs.OrdersArn}}"},
              {"Sid":"two","Effect":"Allow",
               "Principal":{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:root"]},
               "Action":["SQS:SendMessage","SQS:*"],"Resource":"{{TestSqs.OrdersArn}}"}
            ]
            """);
        Assert.True(JsonNode.DeepEquals(expected, policy["Statement"]), policy.ToJsonString());
    }

    [Theory, OverBothWires]
    public async Task What_breaks_a_rule_is_refused(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.OkAsync(wire, Add("one", ["111111111111"], ["ReceiveMessage"]));

        var twice = await sqs.RefusedAsync(wire, Add("one", ["222222222222"], ["*"]), "InvalidParameterValue");
        Assert.Equal("Value one for parameter Label is invalid. Reason: Already exists.", twice.Message);
        await sqs.RefusedAsync(wire, Add("a b", ["111111111111"], ["*"]), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Add("x", ["me"], ["*"]), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Add("x", ["111111111111"], ["CreateQueue"]), "InvalidParameterValue");
        var eight = Enumerable.Repeat("SendMessage", 8).ToArray();
        await sqs.RefusedAsync(wire, Add("x", ["111111111111"], eight), "OverLimit", 403);
        await sqs.RefusedAsync(
            wire, new SqsRequest("AddPermission").Set("QueueUrl", TestSqs.OrdersUrl).Set("Label", "x"),
            "MissingParameter");
    }

    [Fact]
    public async Task Two_at_once_are_both_kept()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            sqs.OkAsync(Wire.Json, Add($"label{i}", ["111111111111"], ["SendMessage"]))));

        var policy = JsonNode.Parse((await sqs.AttributesAsync())["Policy"])!;
        Assert.Equal(10, policy["Statement"]!.AsArray().Count);
    }

    private static SqsRequest Add(string label, string[] accounts, string[] actions) =>
        new SqsRequest("AddPermission").Set("QueueUrl", TestSqs.OrdersUrl).Set("Label", label)
            .Texts("AWSAccountIds", "AWSAccountId", accounts).Texts("Actions", "ActionName", actions);
}
