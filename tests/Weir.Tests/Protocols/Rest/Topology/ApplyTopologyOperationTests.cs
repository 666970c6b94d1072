using Xunit;

namespace Weir.Tests.Protocols.Rest.Topology;

public sealed class ApplyTopologyOperationTests : IAsyncDisposable
{
    private readonly TopologyScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("queues: [", 2, 1, "no YAML")]
    [InlineData("queues:\n- name: a\n  Visibility: 3", 3, 3, "has no Visibility")]
    [InlineData("queues:\n- name: a\n  VisibilityTimeout: [3]", 3, 22, "a text is expected")]
    [InlineData("queues:\n- name: a\n- name: a", 3, 3, "twice, first at line 2")]
    [InlineData("queues:\n- name: a\n  name: b", 3, 3, "name is there twice")]
    [InlineData("queues:\n- DelaySeconds: 3", 2, 3, "named by name")]
    [InlineData("queues: {name: a}", 1, 9, "a list is expected")]
    [InlineData("prune: perhaps", 1, 8, "true or false")]
    [InlineData("region: here!", 1, 9, "no region")]
    [InlineData("tenants: [{name: a}]", 1, 11, "lacks its account")]
    [InlineData("tenants:\n- account: 000000000012x", 2, 12, "12 digits")]
    [InlineData("tenants: []\nqueues: []", 2, 1, "belongs into one of the tenants")]
    [InlineData("queues: &a []\ntopics: *a", 1, 9, "Anchors")]
    [InlineData("quotas: {requestsPerSecond: many}", 1, 29, "a number is expected")]
    [InlineData("apiDestinations: [{name: a, HttpMethod: GET, InvocationEndpoint: x}]", 1, 19, "lacks ConnectionArn")]
    [InlineData("webhooks:\n- {name: a, queue: b, url: c, secret: abc}", 2, 39, "never in the file")]
    [InlineData("webhooks:\n- {name: a, queue: b, url: c, secret: \"${NO}\"}", 2, 39, "variable NO, which is not set")]
    public async Task What_is_wrong_is_told_with_its_place(string text, int line, int column, string reason)
    {
        var reply = await _scene.ApplyAsync(text);

        Assert.Equal((400, "urn:weir:problem:invalid-topology"), (reply.Status, reply.Json["type"]!.ToString()));
        var detail = reply.Json["detail"]!.ToString();
        Assert.StartsWith($"line {line}, column {column}: ", detail, StringComparison.Ordinal);
        Assert.Contains(reason, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_differs_is_changed_and_what_is_not_said_stays()
    {
        Assert.Equal(["create queue a", "create queue b"], await _scene.ChangesAsync(
            "queues: [{name: a, DelaySeconds: 5, VisibilityTimeout: 9, Tags: {x: y, z: w}}, {name: b}]"));
        const string next = "queues: [{name: a, DelaySeconds: 7, Tags: {x: q}}]";

        var dry = await _scene.ApplyAsync(next, "?dryRun=true");
        Assert.Equal(["update queue a"], TopologyScene.Words(dry));
        var member = dry.Json["changes"]![0]!["members"]![0]!;
        Assert.Equal(("DelaySeconds", "5", "7"), ($"{member["name"]}", $"{member["old"]}", $"{member["new"]}"));
        Assert.Equal(["update queue a"], await _scene.ChangesAsync(next));

        Assert.Empty(await _scene.ChangesAsync(next));
        Assert.Empty(await _scene.ChangesAsync(
            "queues: [{name: a, DelaySeconds: 7, VisibilityTimeout: 9, Tags: {x: q}}, {name: b}]"));
    }

    [Fact]
    public async Task Pruning_deletes_what_the_file_has_not_and_resets_what_it_does_not_say()
    {
        await _scene.ChangesAsync("""
            queues: [{name: a, DelaySeconds: 5}, {name: b}]
            topics: [{name: t, subscriptions: [{queue: a}, {queue: b}]}]
            buses: [{name: default, rules: [{name: r, EventPattern: {source: [x]}, targets: [{Id: i, queue: b}]}]}]
            """);

        Assert.Equal(
            ["update queue a", "delete target default/r/i", "delete rule default/r", "delete subscription t/sqs:b",
                "delete queue b"],
            await _scene.ChangesAsync(
                "prune: true\nqueues: [{name: a}]\ntopics: [{name: t, subscriptions: [{queue: a}]}]"));
        Assert.Contains("queues:\n  - name: a\n  topics:", await _scene.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_with_messages_is_pruned_only_when_that_is_said()
    {
        await _scene.ChangesAsync("queues: [{name: orders}, {name: empty}]");
        Assert.Equal(202, (await _scene.Rest.PostAsync("/_weir/queues/orders/messages", "hello")).Status);

        var refused = await _scene.ApplyAsync("queues: []", "?prune=true");
        Assert.Equal(409, refused.Status);
        Assert.Contains("queue orders of 000000000000", refused.Text, StringComparison.Ordinal);
        Assert.Contains("has 1 messages", refused.Text, StringComparison.Ordinal);
        Assert.Contains("- name: empty\n  - name: orders", await _scene.ExportAsync(), StringComparison.Ordinal);

        Assert.Equal(2, (await _scene.ChangesAsync("queues: []", "?prune=true&pruneWithMessages=true")).Length);
    }

    [Fact]
    public async Task A_refusal_in_the_middle_tells_what_is_done_and_the_next_apply_goes_on()
    {
        var broken = await _scene.ApplyAsync("queues: [{name: a}, {name: b, DelaySeconds: 99999}, {name: c}]");

        Assert.Equal(409, broken.Status);
        Assert.Contains("The queue b of 000000000000 (to create) was refused", broken.Text, StringComparison.Ordinal);
        Assert.Contains("1 of 3 changes are done", broken.Text, StringComparison.Ordinal);
        Assert.Equal(["create queue b", "create queue c"], await _scene.ChangesAsync(
            "queues: [{name: a}, {name: b, DelaySeconds: 9}, {name: c}]"));
    }

    [Fact]
    public async Task What_no_operation_changes_is_refused_before_anything_is_done()
    {
        await _scene.ChangesAsync("keys: [{user: ops, admin: true}, {user: ann}]");

        var reply = await _scene.ApplyAsync("keys: [{user: ann, admin: true}]\nqueues: [{name: a}]");
        Assert.Equal(409, reply.Status);
        Assert.Contains("admin of the key user ann of 000000000000 cannot be changed", reply.Text,
            StringComparison.Ordinal);
        Assert.Equal(["create queue a"], await _scene.ChangesAsync("keys: [{user: ann}]\nqueues: [{name: a}]"));
        Assert.Empty(await _scene.ChangesAsync("prune: true\nkeys: [{user: ops, admin: true}, {user: ann}]\n"
            + "queues: [{name: a}]"));
    }

    [Fact]
    public async Task Each_change_is_told_to_the_audit_log_under_the_account_that_it_is_of()
    {
        await _scene.ChangesAsync(
            "tenants: [{account: \"111122223333\", name: shop, queues: [{name: a}], topics: [{name: t}]}]");

        var entries = (await _scene.Rest.GetAsync("/_weir/admin/audit")).Json["entries"]!.AsArray();
        Assert.Equal(
            ["111122223333 weir:PutTenant", "111122223333 sqs:CreateQueue", "111122223333 sns:CreateTopic"],
            entries.Select(entry => $"{entry!["account"]} {entry["action"]}"));
    }

    [Fact]
    public async Task A_dead_letter_queue_is_made_before_the_queue_that_names_it_wherever_it_stands()
    {
        const string text = "queues: [{name: a, RedrivePolicy: {deadLetterQueue: z, maxReceiveCount: 3}}, {name: z}]";
        Assert.Equal(["create queue z", "create queue a"], await _scene.ChangesAsync(text));

        // The service's own way to say it is the same.
        Assert.Empty(await _scene.ChangesAsync("""
            queues:
            - name: a
              RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:z","maxReceiveCount":3}'
            """));
    }

    [Theory]
    [InlineData("?dryRun=perhaps")]
    [InlineData("?prune=1")]
    public async Task A_flag_that_is_none_is_refused(string query) =>
        Assert.Equal(400, (await _scene.ApplyAsync("queues: []", query)).Status);
}
