using System.Collections.Frozen;
using Weir.Protocols.Aws;
using Weir.Protocols.EventBridge.Operations;

namespace Weir.Protocols.EventBridge;

/// <summary>Amazon EventBridge: its names on the wire and its operations.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
internal static class EventBridgeService
{
    private const string Regions = "it has no global endpoints.";
    private const string Partners = "it has no partner event sources.";

    public static AwsService Instance { get; } = new()
    {
        Prefix = "events",
        Throttled = EventErrors.Throttled,
        TargetPrefix = "AWSEvents",
        JsonVersion = "1.1",
        ShapeNamespace = "com.amazonaws.eventbridge",
        ResourceOf = EventResources.Of,
        Denied = EventErrors.Denied,
        Operations = Served().Concat(Unserved()).ToFrozenDictionary(
            operation => operation.Name, StringComparer.Ordinal),
    };

    private static AwsOperation[] Served() =>
    [
        new CancelReplayOperation(),
        new CreateApiDestinationOperation(),
        new CreateArchiveOperation(),
        new CreateConnectionOperation(),
        new CreateEventBusOperation(),
        new DeauthorizeConnectionOperation(),
        new DeleteApiDestinationOperation(),
        new DeleteArchiveOperation(),
        new DeleteConnectionOperation(),
        new DeleteEventBusOperation(),
        new DeleteRuleOperation(),
        new DescribeApiDestinationOperation(),
        new DescribeArchiveOperation(),
        new DescribeConnectionOperation(),
        new DescribeEventBusOperation(),
        new DescribeReplayOperation(),
        new DescribeRuleOperation(),
        new DisableRuleOperation(),
        new EnableRuleOperation(),
        new ListApiDestinationsOperation(),
        new ListArchivesOperation(),
        new ListConnectionsOperation(),
        new ListEventBusesOperation(),
        new ListReplaysOperation(),
        new ListRuleNamesByTargetOperation(),
        new ListRulesOperation(),
        new ListTagsForResourceOperation(),
        new ListTargetsByRuleOperation(),
        new PutEventsOperation(),
        new PutPermissionOperation(),
        new PutRuleOperation(),
        new PutTargetsOperation(),
        new RemovePermissionOperation(),
        new RemoveTargetsOperation(),
        new StartReplayOperation(),
        new TagResourceOperation(),
        new TestEventPatternOperation(),
        new UntagResourceOperation(),
        new UpdateApiDestinationOperation(),
        new UpdateArchiveOperation(),
        new UpdateConnectionOperation(),
        new UpdateEventBusOperation(),
    ];

    private static IEnumerable<AwsOperation> Unserved()
    {
        string[] regions = ["CreateEndpoint", "DeleteEndpoint", "DescribeEndpoint", "ListEndpoints", "UpdateEndpoint"];
        string[] partners =
        [
            "ActivateEventSource", "CreatePartnerEventSource", "DeactivateEventSource", "DeletePartnerEventSource",
            "DescribeEventSource", "DescribePartnerEventSource", "ListEventSources", "ListPartnerEventSourceAccounts",
            "ListPartnerEventSources", "PutPartnerEvents",
        ];
        return regions.Select(name => new UnservedCall(name, Regions))
            .Concat(partners.Select(name => new UnservedCall(name, Partners)));
    }

    private sealed class UnservedCall(string name, string reason) : AwsOperation
    {
        public override string Name => name;

        public override ValueTask<AwsError?> ExecuteAsync(AwsCall call) => new(EventErrors.Unserved(name, reason));
    }
}
