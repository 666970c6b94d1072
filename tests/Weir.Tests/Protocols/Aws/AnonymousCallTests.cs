using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Notifications;
using Weir.Tests.Broker;
using Xunit;

namespace Weir.Tests.Protocols.Aws;

public sealed class AnonymousCallTests : IAsyncDisposable
{
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:orders";
    private const string Subscription = $"{Topic}:7b0a3a5c-0000-4000-8000-000000000001";

    private readonly TestBroker _broker = new();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public void A_confirmation_acts_for_the_topics_account() => Assert.Equal(
        new AwsIdentity("111122223333", "eu-west-1", ""),
        Find("GET", $"?Action=ConfirmSubscription&TopicArn={Topic}&Token=x"));

    [Fact]
    public void The_link_of_a_notification_acts_for_the_topics_account()
    {
        var link = new Uri(new UnsubscribeLinks(_broker.Broker).Write("http://localhost", Subscription)).Query;
        Assert.Equal(new AwsIdentity("111122223333", "eu-west-1", ""), Find("GET", link));
        Assert.Null(Find("POST", link));
        Assert.Null(Find("GET", link[..^1] + (link[^1] == '0' ? '1' : '0')));
        Assert.Null(Find("GET", link.Replace("000001", "000002", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GET", $"?Action=Unsubscribe&TopicArn={Topic}")]
    [InlineData("GET", $"?Action=Unsubscribe&SubscriptionArn={Subscription}")]
    [InlineData("GET", $"?Action=Unsubscribe&SubscriptionArn={Subscription}&Token=")]
    [InlineData("GET", $"?Action=Publish&TopicArn={Topic}&Action=ConfirmSubscription")]
    [InlineData("GET", "?Action=ConfirmSubscription&TopicArn=nonsense")]
    [InlineData("GET", "")]
    [InlineData("POST", $"?Action=ConfirmSubscription&TopicArn={Topic}&Token=x")]
    public void Nothing_else_goes_without_a_signature(string method, string query) =>
        Assert.Null(Find(method, query));

    private AwsIdentity? Find(string method, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.QueryString = new QueryString(query);
        return AnonymousCall.Find(context.Request, new UnsubscribeLinks(_broker.Broker));
    }
}
