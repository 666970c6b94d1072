using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Creates a connection, which is authorized at once: the first call tries its secrets.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html
internal sealed class CreateConnectionOperation : AwsOperation
{
    public override string Name => "CreateConnection";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EndpointInput.Name(call) is not { } name) return call.Fault;
        if (ConnectionInput.Read(call) is not { } input) return call.Fault;
        var start = new ConnectionConfig { Name = name.Name, Id = call.Broker.Ids.NewId(), Principal = "" };
        var connection = input.ApplyTo(start, isNew: true, call.Broker.Time.GetUtcNow());
        if (!connection.IsOk) return EventErrors.From(connection.Fault);
        var outcome = await call.Backend.Endpoints.CreateAsync(name, connection.Value);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ConnectionWriter.WriteState(call, name, outcome.Value);
        return null;
    }
}
