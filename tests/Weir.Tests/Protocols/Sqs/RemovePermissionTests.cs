using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class RemovePermissionTests
{
    [Theory, OverBothWires]
    public async Task A_statement_goes_by_its_label_and_the_policy_with_the_last(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", (
            "Policy", """
            {"Statement":{"Sid":"own","Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"},
             "Version":"2012-10-17"}
            """));
        await sqs.OkAsync(wire, new SqsRequest("AddPermission").Set("QueueUrl", TestSqs.OrdersUrl).Set("Label", "one")
            .Texts("AWSAccountIds", "AWSAccountId", "111111111111").Texts("Actions", "ActionName", "SendMessage"));

        await sqs.OkAsync(wire, Remove("own"));
        var policy = JsonNode.Parse((await sqs.AttributesAsync())["Policy"])!;
        Assert.Equal("one", Assert.Single(policy["Statement"]!.AsArray())!["Sid"]!.GetValue<string>());

        await sqs.OkAsync(wire, Remove("one"));
        Assert.DoesNotContain("Policy", (await sqs.AttributesAsync()).Keys);
        var missing = await sqs.RefusedAsync(wire, Remove("one"), "InvalidParameterValue");
        Assert.Equal("Value one for parameter Label is invalid. Reason: can't find label.", missing.Message);
    }

    private static SqsRequest Remove(string label) =>
        new SqsRequest("RemovePermission").Set("QueueUrl", TestSqs.OrdersUrl).Set("Label", label);
}
