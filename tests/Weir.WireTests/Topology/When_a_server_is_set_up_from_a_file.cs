using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Topology;

/// <summary>Applied and exported with the command line, then used with SDKs that sign with the file's keys.</summary>
public sealed class When_a_server_is_set_up_from_a_file : IAsyncLifetime
{
    private const string AdminKey = "AKIAWEIRTESTSADMIN01";
    private const string AdminSecret = "secretOfTheAdminsKey";

    private const string Topology = """
        tenants:
        - account: "111122223333"
          name: shop
          quotas: {requestsPerSecond: 5000}
          keys:
          - {id: AKIAOFTHESHOPSANN001, user: ann, secret: "${ANNS_SECRET}"}
          queues:
          - name: orders
            VisibilityTimeout: 45
            RedrivePolicy: {deadLetterQueue: dead, maxReceiveCount: 5}
          - name: dead
          topics:
          - name: events
            subscriptions:
            - queue: orders
              RawMessageDelivery: true
              FilterPolicy: {kind: [order]}
        """;

    private static readonly Dictionary<string, string> Admin = new()
    {
        ["AWS_ACCESS_KEY_ID"] = AdminKey,
        ["AWS_SECRET_ACCESS_KEY"] = AdminSecret,
        ["ANNS_SECRET"] = "annsSecretOfTheShop1",
    };

    private readonly ClientProcesses _processes = new();
    private WeirServer _weir = null!;

    public async ValueTask InitializeAsync()
    {
        _weir = await WeirServer.StartAsync(new Dictionary<string, string>
        {
            [$"WEIR__KEYS__{AdminKey}__SECRET"] = AdminSecret,
            [$"WEIR__KEYS__{AdminKey}__ACCOUNT"] = "000000000000",
            [$"WEIR__KEYS__{AdminKey}__ADMIN"] = "true",
        });
        await File.WriteAllTextAsync(Path.Combine(_weir.Data, "topology.yaml"), Topology);
    }

    [Theory, EveryServiceClient]
    public async Task What_it_names_is_there_and_works_for_its_keys(string client)
    {
        await ApplyAsync();
        await _weir.KillAsync();
        await _weir.StartAgainAsync();

        var ann = ClientKinds.Connect(
            new Connection(client, _weir.Url, "AKIAOFTHESHOPSANN001", Admin["ANNS_SECRET"], "us-east-1"), _processes);
        var queue = (await ann.CallAsync("GetQueueUrl", new() { ["QueueName"] = "orders" }))["QueueUrl"]!.ToString();
        await ann.CallAsync("sns.Publish", Publication("order", "wanted"));
        await ann.CallAsync("sns.Publish", Publication("gossip", "unwanted"));

        Assert.Equal("wanted", (await ann.ReceiveOneAsync(queue)).Text);
        await ann.NothingIsReceivedAsync(queue);
    }

    [Fact]
    public async Task Applied_again_it_changes_nothing_and_a_dry_run_never_does()
    {
        var dry = await RunAsync("apply", "-f", "topology.yaml", "--dry-run");
        Assert.Equal((2, ""), (dry.ExitCode, dry.Errors));
        Assert.Contains("+ ", dry.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("111122223333", (await RunAsync("tenant", "list")).Output, StringComparison.Ordinal);

        await ApplyAsync();
        var again = await RunAsync("apply", "-f", "topology.yaml");

        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Assert.DoesNotContain("+ ", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("~ ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_says_the_same_without_the_secrets()
    {
        await ApplyAsync();
        var exported = await RunAsync("export", "-o", "exported.yaml");
        Assert.Equal((0, ""), (exported.ExitCode, exported.Errors));
        var text = await File.ReadAllTextAsync(Path.Combine(_weir.Data, "exported.yaml"));
        Assert.Contains("AKIAOFTHESHOPSANN001", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Admin["ANNS_SECRET"], text, StringComparison.Ordinal);

        var applied = await RunAsync("apply", "-f", "exported.yaml", "--prune");

        Assert.Equal((0, ""), (applied.ExitCode, applied.Errors));
        Assert.DoesNotContain("- ", applied.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("~ ", applied.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_in_it_is_told_with_its_place_and_nothing_is_done()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_weir.Data, "topology.yaml"),
            Topology.Replace("VisibilityTimeout", "VisibilityTimout", StringComparison.Ordinal));

        var applied = await RunAsync("apply", "-f", "topology.yaml");

        Assert.Equal(1, applied.ExitCode);
        Assert.Contains("VisibilityTimout", applied.Errors, StringComparison.Ordinal);
        Assert.Contains("line 9,", applied.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("111122223333", (await RunAsync("tenant", "list")).Output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        await _weir.DisposeAsync();
    }

    private async Task ApplyAsync()
    {
        var applied = await RunAsync("apply", "-f", "topology.yaml");
        Assert.True(applied.ExitCode == 0, applied.Errors);
    }

    private Task<WeirResult> RunAsync(params string[] arguments) => WeirCommand.RunAsync(_weir, Admin, arguments);

    private static JsonObject Publication(string kind, string text) => new()
    {
        ["TopicArn"] = "arn:aws:sns:us-east-1:111122223333:events",
        ["Message"] = text,
        ["MessageAttributes"] = new JsonObject
        {
            ["kind"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = kind },
        },
    };
}
