using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DescribeRuleTests
{
    [Fact]
    public async Task It_answers_all_of_a_rule()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        await events.OkAsync("PutRule", """
            {"Name":"r","EventPattern":"{\"source\":[\"a\"]}","State":"DISABLED","Description":"d",
             "RoleArn":"arn:aws:iam::000000000000:role/x","EventBusName":"orders"}
            """);

        var rule = await events.OkAsync("DescribeRule", """{"Name":"r","EventBusName":"orders"}""");

        Assert.Equal("""{"source":["a"]}""", rule["EventPattern"]!.GetValue<string>());
        Assert.Equal("DISABLED", rule["State"]!.GetValue<string>());
        Assert.Equal("d", rule["Description"]!.GetValue<string>());
        Assert.Equal("arn:aws:iam::000000000000:role/x", rule["RoleArn"]!.GetValue<string>());
        Assert.Equal($"{TestEvents.Prefix}rule/orders/r", rule["Arn"]!.GetValue<string>());
        Assert.Equal("orders", rule["EventBusName"]!.GetValue<string>());
        Assert.Equal("000000000000", rule["CreatedBy"]!.GetValue<string>());
    }
}
