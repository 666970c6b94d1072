using Weir.Broker.Access;
using Weir.Broker.Buses;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>What a request of EventBridge acts on. A rule is under the policy of its bus.</summary>
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
internal static class EventResources
{
    private const string Service = "events";

    /// <summary>What cannot be read is refused by the operation itself.</summary>
    public static AwsResource Of(AwsCall call, AwsOperation operation) => operation.Name switch
    {
        "CreateEventBus" or "DeleteEventBus" or "DescribeEventBus" or "UpdateEventBus" =>
            OfBus(call, Text(call, EventMembers.Name)),
        "ListRules" or "ListRuleNamesByTarget" or "PutPermission" or "RemovePermission" =>
            OfBus(call, Text(call, EventMembers.EventBusName)),
        "PutRule" or "DeleteRule" or "DescribeRule" or "EnableRule" or "DisableRule" =>
            OfRule(call, Text(call, EventMembers.Name)),
        "PutTargets" or "RemoveTargets" or "ListTargetsByRule" => OfRule(call, Text(call, EventMembers.Rule)),
        "CreateArchive" or "DeleteArchive" or "DescribeArchive" or "UpdateArchive" =>
            Own(call, "archive/", EventMembers.ArchiveName),
        "StartReplay" or "CancelReplay" or "DescribeReplay" => Own(call, "replay/", EventMembers.ReplayName),
        "CreateConnection" or "DeauthorizeConnection" or "DeleteConnection" or "DescribeConnection"
            or "UpdateConnection" => Own(call, "connection/", EventMembers.Name),
        "CreateApiDestination" or "DeleteApiDestination" or "DescribeApiDestination" or "UpdateApiDestination" =>
            Own(call, "api-destination/", EventMembers.Name),
        "TagResource" or "UntagResource" or "ListTagsForResource" => OfArn(call, Text(call, EventMembers.ResourceArn)),
        _ => AwsResource.Own(call.Identity, Service),
    };

    /// <summary>Why an event may not go on a bus, as a sentence; null when it may.</summary>
    public static string? CheckPut(AwsCall call, BusName bus, string source, string detailType) => AccessGate.Check(
        call, "events:PutEvents", AwsResource.Of(call.Broker.Definitions, bus), new Dictionary<string, string>
        {
            ["events:source"] = source, ["events:detail-type"] = detailType,
        });

    private static string? Text(AwsCall call, Member member) => call.Input[member].Text();

    private static AwsResource Own(AwsCall call, string kind, Member member) =>
        AwsResource.Own(call.Identity, Service, kind + Text(call, member));

    private static AwsResource OfBus(AwsCall call, string? text) =>
        AwsResource.Of(call.Broker.Definitions, BusOf(call, text));

    private static AwsResource OfRule(AwsCall call, string? rule)
    {
        var bus = BusOf(call, Text(call, EventMembers.EventBusName));
        return new AwsResource(
            EventArn.Write(bus, rule ?? ""), bus.Account, ResourcePolicies.Of(call.Broker.Definitions, bus));
    }

    private static AwsResource OfArn(AwsCall call, string? arn)
    {
        if (arn is null) return AwsResource.Own(call.Identity, Service);
        if (EventArn.ParseBus(arn) is { } bus) return AwsResource.Of(call.Broker.Definitions, bus);
        return EventArn.ParseRule(arn) is { } rule
            ? new AwsResource(arn, rule.Bus.Account, ResourcePolicies.Of(call.Broker.Definitions, rule.Bus))
            : AwsResource.Own(call.Identity, Service);
    }

    private static BusName BusOf(AwsCall call, string? text) =>
        (text is null ? null : EventArn.ParseBus(text))
            ?? new BusName(call.Identity.Account, call.Identity.Region, text ?? BusName.Default);
}
