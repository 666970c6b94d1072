namespace Weir.WireTests.Crash;

/// <summary>
/// kill -9 under load, again and again, on the same data. The kernel keeps what was written but not yet synced, so
/// this tests recovery and the order of answers; <see cref="When_the_power_goes"/> tests the syncing.
/// </summary>
[Collection(nameof(Alone))]
public sealed class When_the_process_is_killed
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_comes_back_or_out_of_order()
    {
        var campaign = Campaign.FromEnvironment(cycles: 20);
        var report = await campaign.RunAsync(TestContext.Current.CancellationToken);
        report.AssertNothingBroken();
    }
}
