using Weir.Broker.Topics;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns;

/// <summary>Writes a page of the subscriptions of some topics.</summary>
internal static class SubscriptionPage
{
    public static void Write(AwsCall call, IReadOnlyList<TopicDescription> topics, string after)
    {
        var subscriptions = topics
            .SelectMany(topic => topic.Subscriptions.Select(subscription => (topic.Name, Subscription: subscription)))
            .OrderBy(Key, StringComparer.Ordinal);
        Page.Write(call, SnsMembers.Subscriptions, subscriptions, after, Key, item =>
        {
            call.Answer.Text(SnsMembers.SubscriptionArn, TopicArn.Write(item.Name, item.Subscription.Id));
            call.Answer.Text(SnsMembers.Owner, item.Subscription.Owner);
            call.Answer.Text(SnsMembers.Protocol, SubscriptionProtocol.Queue);
            call.Answer.Text(SnsMembers.Endpoint, QueueArn.Write(item.Subscription.Queue));
            call.Answer.Text(SnsMembers.TopicArn, TopicArn.Write(item.Name));
        });
    }

    private static string Key((TopicName Name, SubscriptionConfig Subscription) item) =>
        $"{item.Name.Name}:{item.Subscription.Id}";
}
