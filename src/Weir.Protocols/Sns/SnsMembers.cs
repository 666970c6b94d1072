using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sns;

/// <summary>The members of SNS requests and answers. Lists and maps have one more layer in this protocol.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
internal static class SnsMembers
{
    private const string ListItem = "member";
    private const string MapItem = "entry";

    // Topics
    public static readonly Member Name = new("Name");
    public static readonly Member TopicArn = new("TopicArn");
    public static readonly Member TargetArn = new("TargetArn");
    public static readonly Member PhoneNumber = new("PhoneNumber");
    public static readonly Member Topics = new("Topics", item: ListItem);
    public static readonly Member Attributes = new("Attributes", key: "key", value: "value", item: MapItem);
    public static readonly Member AttributeName = new("AttributeName");
    public static readonly Member AttributeValue = new("AttributeValue");
    public static readonly Member NextToken = new("NextToken");

    // Tags and permissions
    public static readonly Member ResourceArn = new("ResourceArn");
    public static readonly Member Tags = new("Tags", key: "Key", value: "Value", item: ListItem);
    public static readonly Member TagKeys = new("TagKeys", item: ListItem);
    public static readonly Member Key = new("Key");
    public static readonly Member Value = new("Value");
    public static readonly Member Label = new("Label");
    public static readonly Member AccountIds = new("AWSAccountId", item: ListItem);
    public static readonly Member ActionNames = new("ActionName", item: ListItem);
    public static readonly Member DataProtectionPolicy = new("DataProtectionPolicy");

    // Subscriptions
    public static readonly Member Protocol = new("Protocol");
    public static readonly Member Endpoint = new("Endpoint");
    public static readonly Member Owner = new("Owner");
    public static readonly Member ReturnSubscriptionArn = new("ReturnSubscriptionArn");
    public static readonly Member SubscriptionArn = new("SubscriptionArn");
    public static readonly Member Subscriptions = new("Subscriptions", item: ListItem);
    public static readonly Member Token = new("Token");
    public static readonly Member AuthenticateOnUnsubscribe = new("AuthenticateOnUnsubscribe");

    // Messages
    public static readonly Member Message = new("Message");
    public static readonly Member Subject = new("Subject");
    public static readonly Member MessageStructure = new("MessageStructure");
    public static readonly Member MessageAttributes = new("MessageAttributes", item: MapItem);
    public static readonly Member MessageGroupId = new("MessageGroupId");
    public static readonly Member MessageDeduplicationId = new("MessageDeduplicationId");
    public static readonly Member MessageId = new("MessageId");
    public static readonly Member SequenceNumber = new("SequenceNumber");

    // Batches
    public static readonly Member PublishEntries = new("PublishBatchRequestEntries", item: ListItem);
    public static readonly Member Successful = new("Successful", item: ListItem);
    public static readonly Member Failed = new("Failed", item: ListItem);
    public static readonly Member Id = new("Id");
    public static readonly Member Code = new("Code");
    public static readonly Member SenderFault = new("SenderFault");
}
