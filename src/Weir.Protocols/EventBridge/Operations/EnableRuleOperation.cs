using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lets a rule match events again.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
internal sealed class EnableRuleOperation : AwsOperation
{
    public override string Name => "EnableRule";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call) is not { } name || EventInput.Bus(call) is not { } bus) return call.Fault;
        var outcome = await call.Backend.Buses.ConfigureRuleAsync(
            bus, name, rule => rule with { IsDisabled = false });
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
