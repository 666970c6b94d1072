using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class ListAuditOperationTests
{
    [Fact]
    public async Task Each_change_is_told_with_who_made_it_and_messages_are_not()
    {
        await using var admin = await TestAdmin.StartAsync(async rest =>
        {
            rest.Queues.Caller = (TestAdmin.Account, "eu-west-1");
            await rest.Queues.CreateAsync("orders");
            await rest.Queues.SendAsync("hello", $"http://localhost/{TestAdmin.Account}/orders");
            await rest.Queues.JsonAsync("DeleteQueue", """{"QueueUrl":"http://localhost/000000000000/none"}""");
        });
        await admin.KeyAsync("ann");
        await admin.Rest.RestartAsync();

        var told = (await admin.OkAsync("GET", "/_weir/admin/audit")).Json;

        var entries = told["entries"]!.AsArray();
        Assert.Equal(
            ["sqs:CreateQueue", "weir:CreateKey", "weir:PutTenant", "weir:CreateKey"],
            entries.Select(entry => entry!["action"]!.ToString()));
        Assert.Equal(
            ("arn:aws:iam::000000000000:root", TestAdmin.Account, admin.Id),
            (entries[2]!["who"]!.ToString(), entries[2]!["resource"]!.ToString(),
                entries[2]!["accessKeyId"]!.ToString()));
        Assert.Equal(
            ("orders", $"anybody, as {TestAdmin.Account}", "eu-west-1"),
            (entries[0]!["resource"]!.ToString(), entries[0]!["who"]!.ToString(),
                entries[0]!["region"]!.ToString()));
    }

    [Fact]
    public async Task Webhooks_are_told_too()
    {
        await using var admin = await TestAdmin.StartAsync(rest => rest.Queues.CreateAsync("orders"));
        const string hook = "/_weir/webhooks/h";
        await admin.OkAsync("PUT", hook, """{"queue":"orders","url":"https://example.org/"}""", 201);
        await admin.OkAsync("POST", $"{hook}/secret");
        await admin.OkAsync("DELETE", hook, "", 204);

        var entries = (await admin.OkAsync("GET", "/_weir/admin/audit")).Json["entries"]!.AsArray();

        Assert.Equal(
            ["weir:PutWebhook h", "weir:RotateWebhookSecret h", "weir:DeleteWebhook h"],
            entries.Skip(2).Select(entry => $"{entry!["action"]} {entry["resource"]}"));
    }

    [Fact]
    public async Task It_is_read_page_by_page_and_from_a_time_on()
    {
        await using var admin = await TestAdmin.StartAsync();
        foreach (var name in (string[])["a", "b", "c"])
            await admin.OkAsync("PUT", "/_weir/admin/tenants/100000000000", $$"""{"name":"{{name}}"}""", null);
        var first = (await admin.OkAsync("GET", "/_weir/admin/audit?max=3")).Json;
        var second = (await admin.OkAsync("GET", $"/_weir/admin/audit?after={first["next"]}")).Json;
        Assert.Equal((3, 1), (first["entries"]!.AsArray().Count, second["entries"]!.AsArray().Count));
        var late = await admin.OkAsync("GET", "/_weir/admin/audit?from=2199-01-01");
        Assert.Empty(late.Json["entries"]!.AsArray());
        foreach (var wrong in (string[])["after=x", "max=0", "max=1001", "from=soon"])
            Assert.Equal(400, (await admin.SendAsync("GET", $"/_weir/admin/audit?{wrong}")).Status);
    }
}
