using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class PutPermissionTests
{
    [Fact]
    public async Task A_statement_is_added_and_replaced_by_its_id()
    {
        await using var events = new TestEvents();
        foreach (var principal in (string[])["*", "111111111111"])
        {
            await events.OkAsync("PutPermission", $$$"""
                {"Action":"events:PutEvents","Principal":"{{{principal}}}","StatementId":"s",
                 "Condition":{"Type":"StringEquals","Key":"events:source","Value":"o"}}
                """);
        }

        var bus = await events.OkAsync("DescribeEventBus", "{}");
        var policy = JsonNode.Parse(bus["Policy"]!.GetValue<string>())!;
        var statement = Assert.Single(policy["Statement"]!.AsArray())!;
        Assert.Equal("arn:aws:iam::111111111111:root", statement["Principal"]!["AWS"]!.GetValue<string>());
        Assert.Equal("o", statement["Condition"]!["StringEquals"]!["events:source"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_whole_policy_takes_the_place_of_what_was_there()
    {
        await using var events = new TestEvents();
        const string Policy = """
            {"Statement":[{"Effect":"Deny","Principal":"*","Action":"events:PutEvents","Resource":"*"}]}
            """;
        await events.OkAsync("PutPermission", new JsonObject { ["Policy"] = Policy }.ToJsonString());

        var bus = await events.OkAsync("DescribeEventBus", "{}");
        Assert.Equal(Policy, bus["Policy"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_no_permission_is_refused()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("PutPermission", """{"Policy":"[]"}""", "ValidationException");
        await events.RefusedAsync("PutPermission", """{"StatementId":"s"}""", "ValidationException");
        await events.RefusedAsync(
            "PutPermission", """{"StatementId":"s","Action":"events:PutRule","Principal":"*"}""",
            "ValidationException");
        await events.RefusedAsync(
            "PutPermission", """{"StatementId":"s","Action":"events:PutEvents","Principal":"me"}""",
            "ValidationException");
        var unknown = await events.RefusedAsync(
            "PutPermission", """
            {"StatementId":"s","Action":"events:PutEvents","Principal":"*",
             "Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o"}}
            """, "ValidationException");
        Assert.Contains("aws:PrincipalOrgID", unknown, StringComparison.Ordinal);
        var text = $$"""{\"Statement\":[],\"Id\":\"{{new string('a', 10_240)}}\"}""";
        await events.RefusedAsync(
            "PutPermission", $$"""{"Policy":"{{text}}"}""", "PolicyLengthExceededException");
    }
}
