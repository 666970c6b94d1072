using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Sns;

/// <summary>What a request of SNS acts on: a topic; for a subscription the topic that it is of.</summary>
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
internal static class SnsResources
{
    /// <summary>What cannot be read is refused by the operation itself.</summary>
    public static AwsResource Of(AwsCall call, AwsOperation operation)
    {
        var topic = operation.Name switch
        {
            "CreateTopic" => call.Input[SnsMembers.Name].Text() is { } name
                ? new TopicName(call.Identity.Account, call.Identity.Region, name)
                : null,
            "Publish" => ByArn(Text(call.Input[SnsMembers.TargetArn].Text())
                ?? call.Input[SnsMembers.TopicArn].Text()),
            "TagResource" or "UntagResource" or "ListTagsForResource" or "GetDataProtectionPolicy"
                or "PutDataProtectionPolicy" => ByArn(call.Input[SnsMembers.ResourceArn].Text()),
            "Unsubscribe" or "GetSubscriptionAttributes" or "SetSubscriptionAttributes" =>
                call.Input[SnsMembers.SubscriptionArn].Text() is { } arn
                    ? TopicArn.ParseSubscription(arn)?.Topic
                    : null,
            _ => ByArn(call.Input[SnsMembers.TopicArn].Text()),
        };
        return topic is null
            ? AwsResource.Own(call.Identity, "sns")
            : AwsResource.Of(call.Broker.Definitions, topic);
    }

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static TopicName? ByArn(string? arn) => arn is null ? null : TopicArn.Parse(arn);
}
