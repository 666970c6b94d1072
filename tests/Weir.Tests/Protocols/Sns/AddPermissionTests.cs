using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class AddPermissionTests
{
    [Fact]
    public async Task A_statement_is_added_under_its_label()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        Assert.False((await sns.OkAsync(Add("one", ["111111111111"], ["Publish"]))).HasResult);
        await sns.OkAsync(Add("two", ["111111111111", "222222222222"], ["Subscribe", "*"]));

        var statements = await StatementsAsync(sns);
        Assert.Equal("__default_statement_ID", statements[0]!["Sid"]!.GetValue<string>());
        var expected = JsonNode.Parse("""
            [
              {"Sid":"one","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:root"]},
               "Action":["SNS:Publish"],"Resource":"arn:aws:sns:us-east-1:000000000000:news"},
              {"Sid":"two","Effect":"Allow",
               "Principal":{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:root"]},
               "Action":["SNS:Subscribe","SNS:*"],"Resource":"arn:aws:sns:us-east-1:000000000000:news"}
            ]
            """)!.AsArray();
        Assert.Equal(3, statements.Count);
        Assert.True(JsonNode.DeepEquals(expected[0], statements[1]), statements.ToJsonString());
        Assert.True(JsonNode.DeepEquals(expected[1], statements[2]), statements.ToJsonString());
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.OkAsync(Add("one", ["111111111111"], ["Publish"]));

        var twice = await sns.RefusedAsync(Add("one", ["222222222222"], ["*"]));
        Assert.Equal("Invalid parameter: Statement already exists", twice.Message);
        await sns.RefusedAsync(Add("", ["111111111111"], ["*"]));
        await sns.RefusedAsync(Add("a b", ["111111111111"], ["*"]));
        await sns.RefusedAsync(Add(new string('l', 81), ["111111111111"], ["*"]));
        await sns.RefusedAsync(Add("x", [], ["*"]));
        await sns.RefusedAsync(Add("x", ["111111111111"], []));
        await sns.RefusedAsync(Add("x", ["me"], ["*"]));
        await sns.RefusedAsync(Add("x", ["111111111111"], ["CreateTopic"]));
        await sns.RefusedAsync(Add("x", ["111111111111"], ["*"], topic: "other"), "NotFound", 404);
        Assert.Equal(2, (await StatementsAsync(sns)).Count);
    }

    [Fact]
    public async Task A_policy_does_not_grow_beyond_its_limit()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var accounts = Enumerable.Range(0, 400).Select(i => $"{i:D12}").ToArray();

        await sns.OkAsync(Add("one", accounts, ["*"]));
        await sns.RefusedAsync(Add("two", [.. accounts, .. accounts], ["*"]));
    }

    internal static SnsRequest Add(string label, string[] accounts, string[] actions, string topic = "news") =>
        new SnsRequest("AddPermission").Topic(topic).Set("Label", label)
            .Texts("AWSAccountId", accounts).Texts("ActionName", actions);

    internal static async Task<JsonArray> StatementsAsync(TestSns sns) =>
        JsonNode.Parse((await sns.AttributesAsync("news"))["Policy"])!["Statement"]!.AsArray();
}
