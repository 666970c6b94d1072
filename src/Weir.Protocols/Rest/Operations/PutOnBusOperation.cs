using System.Buffers;
using Weir.Broker.Buses;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Puts the event, or the events, that a request brings on a bus.</summary>
internal sealed class PutOnBusOperation : RestOperation
{
    private const int NameLengthMax = 256;

    private static readonly SearchValues<char> InName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    public override string Method => "POST";

    public override string Path => "/_weir/buses/{name}/events";

    public override IReadOnlyList<string> Headers => InboundEvent.Headers;

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (call.Name.Length > NameLengthMax || call.Name.AsSpan().ContainsAnyExcept(InName))
            return Problems.NoSuchPath;
        var bus = new BusName(call.Identity.Account, call.Identity.Region, call.Name);
        if (call.Body.IsEmpty) return Problems.EmptyBody;
        var (events, invalid) = InboundEvent.Read(call, bus);
        if (invalid is not null) return invalid;
        var (key, wrong) = KeyHeader.Read(call);
        if (wrong is not null) return wrong;
        var outcome = await call.Backend.Requests.PublishAsync(bus, events, key, wantsReply: false);
        return await AcceptanceAnswer.WriteAsync(call, outcome, isQueue: false, wantsReply: false);
    }
}
