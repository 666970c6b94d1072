using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class RemovePermissionTests
{
    [Fact]
    public async Task One_statement_goes_and_the_others_stay()
    {
        await using var events = new TestEvents();
        foreach (var id in (string[])["a", "b"])
        {
            await events.OkAsync(
                "PutPermission", $$"""{"Action":"events:PutEvents","Principal":"*","StatementId":"{{id}}"}""");
        }

        await events.OkAsync("RemovePermission", """{"StatementId":"a"}""");

        var bus = await events.OkAsync("DescribeEventBus", "{}");
        var policy = bus["Policy"]!.GetValue<string>();
        Assert.DoesNotContain("\"Sid\":\"a\"", policy, StringComparison.Ordinal);
        Assert.Contains("\"Sid\":\"b\"", policy, StringComparison.Ordinal);
        await events.RefusedAsync("RemovePermission", """{"StatementId":"a"}""", "ResourceNotFoundException");
    }

    [Fact]
    public async Task All_go_together()
    {
        await using var events = new TestEvents();
        foreach (var id in (string[])["a", "b"])
        {
            await events.OkAsync(
                "PutPermission", $$"""{"Action":"events:PutEvents","Principal":"*","StatementId":"{{id}}"}""");
        }

        await events.OkAsync("RemovePermission", """{"RemoveAllPermissions":true}""");

        Assert.Null((await events.OkAsync("DescribeEventBus", "{}"))["Policy"]);
        await events.RefusedAsync("RemovePermission", "{}", "ValidationException");
    }
}
