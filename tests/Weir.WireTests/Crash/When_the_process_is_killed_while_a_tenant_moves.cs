namespace Weir.WireTests.Crash;

/// <summary>kill -9 soon after a move of the tenant began, to a silo and back, under load.</summary>
[Collection(nameof(Alone))]
public sealed class When_the_process_is_killed_while_a_tenant_moves
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_comes_back_or_out_of_order()
    {
        var campaign = Campaign.FromEnvironment(cycles: 20) with { MovesTenant = true, PauseMsMax = 1_500 };
        var report = await campaign.RunAsync(TestContext.Current.CancellationToken);
        report.AssertNothingBroken();
        Assert.True(report.Moves > 0, $"No move came to its end: {report}");
    }
}
