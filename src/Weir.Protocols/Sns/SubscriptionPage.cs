using Weir.Broker.Topics;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns;

/// <summary>Writes a page of the subscriptions of some topics.</summary>
internal static class SubscriptionPage
{
    private const string Pending = "PendingConfirmation";

    public static void Write(AwsCall call, IReadOnlyList<TopicDescription> topics, string after)
    {
        var subscriptions = topics
            .SelectMany(topic => topic.Subscriptions.Select(subscription => (topic.Name, Subscription: subscription)))
            .OrderBy(Key, StringComparer.Ordinal);
        Page.Write(call, SnsMembers.Subscriptions, subscriptions, after, Key, item =>
        {
            call.Answer.Text(SnsMembers.SubscriptionArn, item.Subscription.IsPending
                ? Pending
                : TopicArn.Write(item.Name, item.Subscription.Id));
            call.Answer.Text(SnsMembers.Owner, item.Subscription.Owner);
            call.Answer.Text(SnsMembers.Protocol, SubscriptionProtocol.Of(item.Subscription));
            call.Answer.Text(SnsMembers.Endpoint, SubscriptionProtocol.EndpointOf(item.Subscription));
            call.Answer.Text(SnsMembers.TopicArn, TopicArn.Write(item.Name));
        });
    }

    private static string Key((TopicName Name, SubscriptionConfig Subscription) item) =>
        $"{item.Name.Name}:{item.Subscription.Id}";
}
