using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.Rest.Topology;

/// <summary>Applies and exports topologies on a broker of its own that takes anybody.</summary>
internal sealed class TopologyScene : IAsyncDisposable
{
    private const string Path = "/_weir/admin/topology";

    /// <summary>Something of every kind, in the form in which it is exported.</summary>
    public const string Everything = """
        region: us-east-1
        defaultQuotas: {requestsPerSecond: 1000, messagesMax: 100000}
        tenants:
        - account: "000000000000"
          keys:
          - {id: AKIATHEOPERATORS, admin: true, user: ops}
        - account: "111122223333"
          name: shop
          quotas: {requestsPerSecond: 500, queuesMax: 9, connectionsMax: 100}
          keys:
          - id: AKIAOFANNTHESHOP
            user: ann
            policies:
            - {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}
          queues:
          - name: bills.fifo
            ContentBasedDeduplication: true
          - name: dead
            MessageRetentionPeriod: 1209600
          - name: orders
            VisibilityTimeout: 45
            WeirMaxMessages: 1000
            RedrivePolicy: {deadLetterQueue: dead, maxReceiveCount: 5}
            Policy:
              Version: "2012-10-17"
              Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*"}]
            Tags: {team: sales}
          topics:
          - name: events
            DisplayName: Events
            Tags: {team: sales}
            subscriptions:
            - queue: orders
              RawMessageDelivery: true
              FilterPolicy: {kind: [order]}
              RedrivePolicy: {deadLetterQueue: dead}
          buses:
          - name: default
            rules:
            - name: hourly
              ScheduleExpression: rate(1 hour)
              State: DISABLED
              targets: [{Id: one, queue: orders}]
          - name: shop
            Description: All that happens in the shop
            DeadLetterConfig: {queue: dead}
            archives:
            - {name: all, RetentionDays: 7}
            rules:
            - name: placed
              EventPattern: {source: [shop]}
              Tags: {team: sales}
              targets:
              - Id: call
                apiDestination: partner
              - Id: keep
                queue: orders
                RetryPolicy: {MaximumRetryAttempts: 3}
                DeadLetterConfig: {queue: dead}
          connections:
          - name: partner
            AuthorizationType: API_KEY
            AuthParameters:
              ApiKeyAuthParameters: {ApiKeyName: X-Key, ApiKeyValue: "${WEIR_PARTNER_KEY}"}
              InvocationHttpParameters:
                HeaderParameters: [{Key: X-Shop, Value: mine}, {Key: X-Pin, secretValue: "${WEIR_PARTNER_X_PIN}"}]
          apiDestinations:
          - name: partner
            connection: partner
            InvocationEndpoint: https://partner.example.org/orders
            HttpMethod: POST
            InvocationRateLimitPerSecond: 5
          webhooks:
          - {name: hook, queue: dead, url: "https://hooks.example.org/dead", retries: 3}
          scheduleGroups:
          - name: nightly
            Tags: {team: sales}
            schedules:
            - name: close
              ScheduleExpression: cron(0 2 * * ? *)
              FlexibleTimeWindow: {Mode: "OFF"}
              Target: {queue: orders, RoleArn: "arn:aws:iam::111122223333:role/any", Input: close}
          pipes:
          - name: bridge
            sourceQueue: orders
            targetTopic: events
            RoleArn: arn:aws:iam::111122223333:role/any
            SourceParameters:
              FilterCriteria: {Filters: [{Pattern: {body: {kind: [order]}}}]}
        """;

    public static readonly Dictionary<string, string> Variables = new()
    {
        ["WEIR_PARTNER_KEY"] = "hush-hush-key", ["WEIR_PARTNER_X_PIN"] = "hush-hush-pin",
    };

    private readonly PushDispatcher _push;

    /// <summary>What names an API destination is refused while nothing calls endpoints.</summary>
    public TopologyScene() => _push = Rest.StartWebhooks();

    public TestRest Rest { get; } = new();

    private (string Name, string Value)[] _headers = [];

    public Task<RestReply> ApplyAsync(
        string text, string query = "", IReadOnlyDictionary<string, string>? variables = null) =>
        Rest.SendAsync("POST", Path + query, Encoding.UTF8.GetBytes(text),
        [
            .. _headers,
            ("Weir-Variables", Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject(
                (variables ?? Variables).Select(one => KeyValuePair.Create(
                    one.Key, (JsonNode?)one.Value))).ToJsonString()))),
        ]);

    /// <summary>The changes that are made, as words; what is the same is left out.</summary>
    public async Task<string[]> ChangesAsync(
        string text, string query = "", IReadOnlyDictionary<string, string>? variables = null)
    {
        var reply = await ApplyAsync(text, query, variables);
        Assert.True(reply.Status == 200, reply.Text);
        // With the first admin key requests have to be signed.
        foreach (var change in reply.Json["changes"]!.AsArray())
        {
            if (change!["kind"]!.ToString() == "key" && change["secret"] is { } secret
                && change["members"]!.AsArray().Any(member => member!["name"]!.ToString() == "admin"))
                _headers = [TestAdmin.Basic(change["id"]!.ToString(), secret.ToString())];
        }

        return Words(reply);
    }

    public static string[] Words(RestReply reply) =>
    [
        .. reply.Json["changes"]!.AsArray().Where(change => change!["action"]!.ToString() != "same")
            .Select(change => $"{change!["action"]} {change["kind"]} {change["name"]}"),
    ];

    public async Task<string> ExportAsync(string query = "")
    {
        var reply = await Rest.SendAsync("GET", Path + query, [], _headers);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Text;
    }

    public async ValueTask DisposeAsync()
    {
        await _push.DisposeAsync();
        await Rest.DisposeAsync();
    }
}
