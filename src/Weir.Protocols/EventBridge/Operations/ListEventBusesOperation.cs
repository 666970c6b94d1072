using Weir.Broker.Buses;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the event buses of the account in the region.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html
internal sealed class ListEventBusesOperation : AwsOperation
{
    public override string Name => "ListEventBuses";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[EventMembers.NamePrefix].Text() ?? "";
        if (EventPage.Read(call) is not { } page) return call.Fault;
        var outcome = await call.Backend.Buses.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var buses = outcome.Value.Where(bus => bus.Name.Name.StartsWith(prefix, StringComparison.Ordinal));
        page.Write(call, EventMembers.EventBuses, buses, bus => bus.Name.Name, bus => Write(call, bus));
        return null;
    }

    private static void Write(AwsCall call, BusDescription bus)
    {
        call.Answer.BeginItem();
        call.Answer.Text(EventMembers.Name, bus.Name.Name);
        call.Answer.Text(EventMembers.Arn, EventArn.Write(bus.Name));
        if (bus.Config.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        if (bus.Config.Policy is { } policy) call.Answer.Text(EventMembers.Policy, policy);
        BusAttributes.WriteTimes(call, bus.Config);
        call.Answer.EndItem();
    }
}
