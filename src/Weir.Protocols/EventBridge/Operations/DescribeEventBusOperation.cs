using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers what an event bus is like.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html
internal sealed class DescribeEventBusOperation : AwsOperation
{
    public override string Name => "DescribeEventBus";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Bus(call, EventMembers.Name) is not { } name) return call.Fault;
        var outcome = await call.Backend.Buses.GetAsync(name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        call.Answer.Text(EventMembers.Name, name.Name);
        call.Answer.Text(EventMembers.Arn, EventArn.Write(name));
        if (outcome.Value.Config.Policy is { } policy) call.Answer.Text(EventMembers.Policy, policy);
        BusAttributes.Write(call, outcome.Value.Config);
        BusAttributes.WriteTimes(call, outcome.Value.Config);
        return null;
    }
}
