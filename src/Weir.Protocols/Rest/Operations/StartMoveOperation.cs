using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>
/// Starts to move messages of a queue, all or some: of a dead-letter queue to where they came from, of any to one
/// queue.
/// </summary>
internal sealed class StartMoveOperation : QueueOperation
{
    public override string Method => "POST";

    public override string Path => "/_weir/queues/{name}/moves";

    public override string Permission => "sqs:StartMessageMoveTask";

    protected override async ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue)
    {
        var (input, wrong) = AdminJson.Read(
            call.Body.Span, AdminJson.Default.MoveInput, static input => input.Check());
        if (wrong is not null) return wrong;
        var destination = input!.To is { } name ? queue with { Name = name } : null;
        foreach (var (action, on) in await MoveAccess.NeededAsync(call.Broker, queue, destination))
        {
            if (call.CheckAccess(action, AwsResource.Of(call.Broker.Definitions, on)) is { } denied) return denied;
        }

        var command = new StartMoveTaskCommand(call.Broker.Ids.NewId(), queue, destination, input.Rate)
        {
            Filter = input.Where?.GetRawText(),
            IsAnySource = true,
        };
        var outcome = await call.Broker.ExecuteAsync(command);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("StartMove");
        await RestAnswer.WriteAsync(call.Context, 202, json => MoveAnswer.Write(json, outcome.Value));
        return null;
    }
}
