using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sns;

/// <summary>Reads the topic or subscription that a request is for; null with the fault noted in the call.</summary>
internal static class TopicInput
{
    public static TopicName? Read(AwsCall call) => Read(call, SnsMembers.TopicArn);

    public static TopicName? Read(AwsCall call, Member member)
    {
        if (RequiredText(call, member) is not { } text) return null;
        if (TopicArn.Parse(text) is not { } topic)
        {
            call.Refuse(SnsErrors.Invalid(member.Name, $"{text} is no topic's ARN, arn:aws:sns:region:account:name"));
            return null;
        }

        var isGranted = topic.Region == call.Identity.Region && call.GrantedArn == TopicArn.Write(topic);
        if (isGranted || IsOwn(call, topic)) return topic;
        call.Refuse(SnsErrors.NotAuthorized(text));
        return null;
    }

    public static (TopicName Topic, Guid Id)? ReadSubscription(AwsCall call)
    {
        if (RequiredText(call, SnsMembers.SubscriptionArn) is not { } text) return null;
        if (TopicArn.ParseSubscription(text) is not { } subscription)
        {
            call.Refuse(SnsErrors.Invalid(
                "SubscriptionArn", $"{text} is no subscription's ARN, as Subscribe gives it"));
            return null;
        }

        if (IsOwn(call, subscription.Topic) || IsSubscriber(call, subscription)) return subscription;
        call.Refuse(SnsErrors.NotAuthorized(text));
        return null;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public static string? RequiredText(AwsCall call, Member member)
    {
        var text = call.Input[member].Text();
        if (call.Fault is not null) return null;
        if (!string.IsNullOrEmpty(text)) return text;
        call.Refuse(SnsErrors.Missing(member.Name));
        return null;
    }

    /// <summary>Whoever subscribed to a topic of another account may look after that subscription.</summary>
    private static bool IsSubscriber(AwsCall call, (TopicName Topic, Guid Id) subscription) =>
        subscription.Topic.Region == call.Identity.Region
        && TopicDirectory.SubscriptionsOf(call.Broker.Definitions, subscription.Topic)
            .Any(found => found.Id == subscription.Id && found.Owner == call.Identity.Account);

    private static bool IsOwn(AwsCall call, TopicName topic) =>
        topic.Account == call.Identity.Account && topic.Region == call.Identity.Region;
}
