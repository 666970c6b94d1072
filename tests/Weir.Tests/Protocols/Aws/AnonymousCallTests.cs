using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws;
using Xunit;

namespace Weir.Tests.Protocols.Aws;

public sealed class AnonymousCallTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:orders";

    [Fact]
    public void A_confirmation_acts_for_the_topics_account() => Assert.Equal(
        new AwsIdentity("111122223333", "eu-west-1", ""),
        Find("GET", $"?Action=ConfirmSubscription&TopicArn={Topic}&Token=x"));

    [Theory]
    [InlineData("GET", $"?Action=Unsubscribe&TopicArn={Topic}")]
    [InlineData("GET", $"?Action=Publish&TopicArn={Topic}&Action=ConfirmSubscription")]
    [InlineData("GET", "?Action=ConfirmSubscription&TopicArn=nonsense")]
    [InlineData("GET", "")]
    [InlineData("POST", $"?Action=ConfirmSubscription&TopicArn={Topic}&Token=x")]
    public void Nothing_else_goes_without_a_signature(string method, string query) =>
        Assert.Null(Find(method, query));

    private static AwsIdentity? Find(string method, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.QueryString = new QueryString(query);
        return AnonymousCall.Find(context.Request);
    }
}
