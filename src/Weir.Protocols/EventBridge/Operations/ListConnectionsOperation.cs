using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the connections of the account in the region.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html
internal sealed class ListConnectionsOperation : AwsOperation
{
    public override string Name => "ListConnections";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[EventMembers.NamePrefix].Text() ?? "";
        var state = call.Input[EndpointMembers.ConnectionState].Text();
        if (EventPage.Read(call) is not { } page) return call.Fault;
        var (account, region) = (call.Identity.Account, call.Identity.Region);
        var outcome = await call.Backend.Endpoints.ListConnectionsAsync(account, region);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var wanted = outcome.Value.Where(connection => connection.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (state is null || ConnectionWriter.StateOf(connection) == state));
        page.Write(call, EndpointMembers.Connections, wanted, connection => connection.Name, connection =>
        {
            call.Answer.BeginItem();
            ConnectionWriter.WriteName(call, connection);
            ConnectionWriter.WriteState(call, new EndpointName(account, region, connection.Name), connection);
            call.Answer.EndItem();
        });
        return null;
    }
}
