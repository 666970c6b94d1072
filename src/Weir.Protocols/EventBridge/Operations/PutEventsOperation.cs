using Weir.Broker.Buses;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Puts up to ten events on buses; each is answered for itself.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
internal sealed class PutEventsOperation : AwsOperation
{
    private const int EntriesMax = 10;

    public override string Name => "PutEvents";

    public override bool AddsMessages => true;

    public override bool JudgesItself => true;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var inputs = call.Input[EventMembers.Entries].Items();
        var endpoint = call.Input[EventMembers.EndpointId].Text();
        if (call.Fault is not null) return call.Fault;
        if (endpoint is not null) return EventErrors.Unserved("EndpointId", "it has no global endpoints.");
        var count = inputs.Count;
        if (count is 0 or > EntriesMax)
        {
            return EventErrors.Constraint(
                $"{count} entries", "entries", $"Member must have length between 1 and {EntriesMax}");
        }

        var (events, errors) = (new BusEvent?[count], new EntryError?[count]);
        var at = 0;
        foreach (var input in inputs)
        {
            (events[at], errors[at]) = EventEntry.Read(call, input);
            if (call.Fault is not null) return call.Fault;
            at++;
        }

        await PublishAsync(call, events, errors);
        Write(call, events, errors);
        return null;
    }

    private static async ValueTask PublishAsync(AwsCall call, BusEvent?[] events, EntryError?[] errors)
    {
        var faults = await call.Backend.Events.PublishAsync([.. events.OfType<BusEvent>()]);
        for (var (i, next) = (0, 0); i < events.Length; i++)
        {
            if (events[i] is null || faults[next++] is not { } fault) continue;
            var error = EventErrors.From(fault);
            errors[i] = new EntryError(error.Shape, error.Message);
        }
    }

    private static void Write(AwsCall call, BusEvent?[] events, EntryError?[] errors)
    {
        call.Answer.Integer(EventMembers.FailedEntryCount, errors.Count(error => error is not null));
        call.Answer.BeginList(EventMembers.Entries);
        for (var i = 0; i < events.Length; i++)
        {
            call.Answer.BeginItem();
            if (errors[i] is { } error)
            {
                call.Answer.Text(EventMembers.ErrorCode, error.Code);
                call.Answer.Text(EventMembers.ErrorMessage, error.Message);
            }
            else
            {
                call.Answer.Text(EventMembers.EventId, events[i]!.Id.ToString());
            }

            call.Answer.EndItem();
        }

        call.Answer.EndList();
    }
}
