using System.Buffers;
using System.Text.Json;
using Weir.Broker.Buses;
using Weir.Broker.Routing.Patterns;
using Weir.Protocols.Aws.Access;
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

    public override bool AddsMessages => true;

    public override string Permission => "events:PutEvents";

    public override bool JudgesItself => true;

    public override IReadOnlyList<string> Headers => InboundEvent.Headers;

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (call.Name.Length > NameLengthMax || call.Name.AsSpan().ContainsAnyExcept(InName))
            return Problems.NoSuchPath;
        var bus = new BusName(call.Identity.Account, call.Identity.Region, call.Name);
        if (call.Body.IsEmpty) return Problems.EmptyBody;
        var (events, invalid) = InboundEvent.Read(call, bus);
        if (invalid is not null) return invalid;
        if (CheckAccess(call, bus, events) is { } denied) return denied;
        var (key, wrong) = KeyHeader.Read(call);
        if (wrong is not null) return wrong;
        var outcome = await call.Backend.Requests.PublishAsync(bus, events, key, wantsReply: false);
        return await AcceptanceAnswer.WriteAsync(call, outcome, isQueue: false, wantsReply: false);
    }

    // What an event says of itself is only looked for where a policy may ask for it.
    private Problem? CheckAccess(RestCall call, BusName bus, IReadOnlyList<BusEvent> events)
    {
        var resource = AwsResource.Of(call.Broker.Definitions, bus);
        if (call.Identity.Policies.Count == 0 && resource.Policy is null) return null;
        foreach (var one in events)
        {
            using var json = JsonDocument.Parse(one.Json, new JsonDocumentOptions { MaxDepth = EventFields.DepthMax });
            var keys = new Dictionary<string, string>
            {
                ["events:source"] = json.RootElement.GetProperty("source").GetString()!,
                ["events:detail-type"] = json.RootElement.GetProperty("detail-type").GetString()!,
            };
            if (call.CheckAccess(Permission, resource, keys) is { } denied) return denied;
        }

        return null;
    }
}
