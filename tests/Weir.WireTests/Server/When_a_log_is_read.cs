namespace Weir.WireTests.Server;

/// <summary>The control of the rule that nothing may fail unseen: a fault in the log is found.</summary>
public sealed class When_a_log_is_read
{
    [Theory]
    [InlineData("2026-11-24T08:57:55.206Z fail: Weir.Protocols.Aws.AwsEndpoint[1] Request 7 () failed")]
    [InlineData("2026-11-24T08:57:55.206Z crit: Weir.Server[9] The journal has failed")]
    [InlineData("Unhandled exception. System.InvalidOperationException: no")]
    [InlineData("System.IO.IOException: Broken pipe")]
    [InlineData("   at Weir.Broker.Broker.ReceiveAsync(ReceiveCommand command)")]
    public void A_fault_is_found(string line) => Assert.Single(ServerLog.FaultsIn([line]));

    [Theory]
    [InlineData("Weir 0.1.0 is ready.")]
    [InlineData("  Endpoint   http://127.0.0.1:4566")]
    [InlineData("2026-11-24T08:57:55.206Z info: Weir.Server[1] Recovered 3 frames at once")]
    [InlineData("2026-11-24T08:57:55.206Z warn: Weir.Protocols.Sqs[4] A policy was set that is not yet enforced")]
    public void Anything_else_is_none(string line) => Assert.Empty(ServerLog.FaultsIn([line]));
}
