using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>
/// All kinds, in the order in which they are made: what leads to something comes after it. They go in the reverse
/// order.
/// </summary>
internal static class TopologyKinds
{
    private static readonly TopicKind Topics = new();
    private static readonly BusKind Buses = new();
    private static readonly RuleKind Rules = new(Buses);

    private static readonly AwsKind Groups = new(
        "schedule group", "scheduleGroups", "scheduler", "ScheduleGroup",
        Shape.Struct((TagCalls.Member, Shape.TextMap)))
    {
        Read = "Get",
        Tags = TagCalls.Scheduler,
        Standing = "default",
        Defaults = new JsonObject { [TagCalls.Member] = new JsonObject() },
    };

    private static readonly AwsKind ApiDestinations = new(
        "API destination", "apiDestinations", "events", "ApiDestination", Shape.Struct(
        [
            .. Shape.Arn("ConnectionArn", "", ArnNames.Connection),
            .. Shape.All(Shape.Text, "Description", "InvocationEndpoint", "HttpMethod"),
            ("InvocationRateLimitPerSecond", Shape.Number),
        ]) with
        {
            Required = ["ConnectionArn", "InvocationEndpoint", "HttpMethod"],
        })
    {
        Defaults = new JsonObject { ["Description"] = "", ["InvocationRateLimitPerSecond"] = 300 },
    };

    public static readonly TenantKind Tenant = new();
    public static readonly QuotaKind Quota = new();

    public static IReadOnlyList<TopologyKind> All { get; } =
    [
        Tenant, Quota, new KeyKind(), new QueueKind(), Topics, Buses, new ArchiveKind(Buses), new ConnectionKind(),
        ApiDestinations, new SubscriptionKind(Topics), Rules, new TargetKind(Rules), new WebhookKind(), Groups,
        new ScheduleKind(Groups), new PipeKind(),
    ];

    public static IEnumerable<TopologyKind> In(TopologyKind? parent) => All.Where(kind => kind.Parent == parent);
}
