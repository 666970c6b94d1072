using Weir.WireTests.Clients;
using Weir.WireTests.Power;
using Weir.WireTests.Server;

namespace Weir.WireTests.Crash;

/// <summary>The real server under load, and its machine's power lost with all that was not synced.</summary>
[Collection(nameof(Alone))]
public sealed class When_the_power_goes
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_comes_back_or_out_of_order()
    {
        using var power = new PowerSwitch();
        var campaign = Campaign.FromEnvironment(cycles: 10) with { Power = power };

        var report = await campaign.RunAsync(TestContext.Current.CancellationToken);

        report.AssertNothingBroken();
        Assert.Contains(report.PowerLosses, loss => !loss.StartsWith("0 unsynced writes", StringComparison.Ordinal));
    }

    /// <summary>The control: this very test sees it when syncs do nothing.</summary>
    [Fact]
    public async Task A_disk_that_lies_about_its_syncs_is_found_out()
    {
        using var power = new PowerSwitch { Forgets = true };
        var server = await WeirServer.StartAsync(power.Environment);
        await using var _ = server;
        var connection = new Connection(
            ClientKinds.DotNet, server.Url, Account.Of("power"), "any secret", "us-east-1");
        var sqs = new SqsClient(connection, speaksJson: true, DotNetClient.Connect(connection));
        var queue = await sqs.CreateAsync("lost");
        await sqs.SendAsync(queue, "acknowledged");

        await server.KillAsync();
        var lost = await power.LoseAsync(server.Data, seed: 3);
        await server.StartAgainAsync();

        var names = await sqs.CallAsync("ListQueues", []);
        Assert.DoesNotContain("lost", names.ToJsonString(), StringComparison.Ordinal);
        Assert.False(lost.StartsWith("0 unsynced writes", StringComparison.Ordinal), lost);
    }
}
