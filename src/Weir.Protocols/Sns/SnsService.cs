using System.Collections.Frozen;
using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Operations;

namespace Weir.Protocols.Sns;

/// <summary>Amazon SNS: its names on the wire and its operations.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
internal static class SnsService
{
    private const string Phones = "it sends no text messages to phones.";
    private const string Apps = "it sends no push notifications to mobile apps.";

    public static AwsService Instance { get; } = new()
    {
        Prefix = "sns",
        Throttled = SnsErrors.Throttled,
        QueryVersion = "2010-03-31",
        ShapeNamespace = "com.amazonaws.sns",
        XmlNamespace = "http://sns.amazonaws.com/doc/2010-03-31/",
        ResourceOf = SnsResources.Of,
        Denied = SnsErrors.NotAllowed,
        Operations = Served().Concat(Unserved()).ToFrozenDictionary(
            operation => operation.Name, StringComparer.Ordinal),
    };

    private static AwsOperation[] Served() =>
    [
        new AddPermissionOperation(),
        new ConfirmSubscriptionOperation(),
        new CreateTopicOperation(),
        new DeleteTopicOperation(),
        new GetDataProtectionPolicyOperation(),
        new GetSubscriptionAttributesOperation(),
        new GetTopicAttributesOperation(),
        new ListSubscriptionsByTopicOperation(),
        new ListSubscriptionsOperation(),
        new ListTagsForResourceOperation(),
        new ListTopicsOperation(),
        new PublishBatchOperation(),
        new PublishOperation(),
        new PutDataProtectionPolicyOperation(),
        new RemovePermissionOperation(),
        new SetSubscriptionAttributesOperation(),
        new SetTopicAttributesOperation(),
        new SubscribeOperation(),
        new TagResourceOperation(),
        new UnsubscribeOperation(),
        new UntagResourceOperation(),
    ];

    private static IEnumerable<AwsOperation> Unserved()
    {
        string[] phones =
        [
            "CheckIfPhoneNumberIsOptedOut", "CreateSMSSandboxPhoneNumber", "DeleteSMSSandboxPhoneNumber",
            "GetSMSAttributes", "GetSMSSandboxAccountStatus", "ListOriginationNumbers", "ListPhoneNumbersOptedOut",
            "ListSMSSandboxPhoneNumbers", "OptInPhoneNumber", "SetSMSAttributes", "VerifySMSSandboxPhoneNumber",
        ];
        string[] apps =
        [
            "CreatePlatformApplication", "CreatePlatformEndpoint", "DeleteEndpoint", "DeletePlatformApplication",
            "GetEndpointAttributes", "GetPlatformApplicationAttributes", "ListEndpointsByPlatformApplication",
            "ListPlatformApplications", "SetEndpointAttributes", "SetPlatformApplicationAttributes",
        ];
        return phones.Select(name => new UnservedCall(name, Phones))
            .Concat(apps.Select(name => new UnservedCall(name, Apps)));
    }

    private sealed class UnservedCall(string name, string reason) : AwsOperation
    {
        public override string Name => name;

        public override ValueTask<AwsError?> ExecuteAsync(AwsCall call) => new(SnsErrors.Unserved(name, reason));
    }
}
