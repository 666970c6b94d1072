using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_permission_is_given(SharedServer server)
{
    private const string Other = "111122223333";

    [Theory, BothProtocols]
    public async Task The_policy_has_a_statement_by_its_label(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("shared");

        await AddAsync(sqs, queue, "readers", "ReceiveMessage", "DeleteMessage");

        var statement = Assert.Single((await PolicyAsync(sqs, queue))!["Statement"]!.AsArray())!;
        Assert.Equal("readers", (string?)statement["Sid"]);
        Assert.Equal("Allow", (string?)statement["Effect"]);
        Assert.Equal($"arn:aws:iam::{Other}:root", (string?)statement["Principal"]!["AWS"]);
        Assert.Equal(
            ["SQS:ReceiveMessage", "SQS:DeleteMessage"], statement["Action"]!.AsArray().Select(a => (string?)a));
        Assert.Equal(sqs.Arn("shared"), (string?)statement["Resource"]);
    }

    [Theory, BothProtocols]
    public async Task It_is_taken_back_by_the_label(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("shared-twice");
        await AddAsync(sqs, queue, "one", "SendMessage");
        await AddAsync(sqs, queue, "two", "*");

        await sqs.CallAsync("RemovePermission", new() { ["QueueUrl"] = queue, ["Label"] = "one" });

        var statement = Assert.Single((await PolicyAsync(sqs, queue))!["Statement"]!.AsArray())!;
        Assert.Equal("two", (string?)statement["Sid"]);
        Assert.Equal("SQS:*", (string?)statement["Action"]);
    }

    [Theory, BothProtocols]
    public async Task A_label_twice_or_an_unknown_one_or_an_unknown_action_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("shared-badly");
        await AddAsync(sqs, queue, "taken", "SendMessage");

        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "AddPermission", Permission(queue, "taken", "SendMessage"));
        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "AddPermission", Permission(queue, "new", "SendMassage"));
        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "RemovePermission", new() { ["QueueUrl"] = queue, ["Label"] = "unknown" });
    }

    [Theory, BothProtocols]
    public async Task A_policy_may_be_set_and_unset_as_an_attribute(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("with-policy");
        var arn = sqs.Arn("with-policy");
        var statement = $$"""{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"{{arn}}"}""";
        var policy = $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""";

        await sqs.SetAsync(queue, ("Policy", policy));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(policy), await PolicyAsync(sqs, queue)));

        await sqs.SetAsync(queue, ("Policy", ""));
        Assert.Null((await sqs.AttributesAsync(queue))["Policy"]);
    }

    private static Task<JsonObject> AddAsync(SqsClient sqs, string queue, string label, params string[] actions) =>
        sqs.CallAsync("AddPermission", Permission(queue, label, actions));

    private static JsonObject Permission(string queue, string label, params string[] actions) => new()
    {
        ["QueueUrl"] = queue,
        ["Label"] = label,
        ["AWSAccountIds"] = QueueCalls.Texts(Other),
        ["Actions"] = QueueCalls.Texts(actions),
    };

    private static async Task<JsonNode?> PolicyAsync(SqsClient sqs, string queue) =>
        JsonNode.Parse((string)(await sqs.AttributesAsync(queue, "Policy"))["Policy"]!);
}
