using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Keeps a rule from matching events.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html
internal sealed class DisableRuleOperation : AwsOperation
{
    public override string Name => "DisableRule";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Rule(call) is not { } name || EventInput.Bus(call) is not { } bus) return call.Fault;
        var outcome = await call.Backend.Buses.ConfigureRuleAsync(
            bus, name, rule => rule with { IsDisabled = true });
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
