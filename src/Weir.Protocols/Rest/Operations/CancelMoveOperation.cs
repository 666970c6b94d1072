using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Ends the move out of a queue that is under way; what it moved stays moved.</summary>
internal sealed class CancelMoveOperation : QueueOperation
{
    public override string Method => "DELETE";

    public override string Path => "/_weir/queues/{name}/moves";

    public override string Permission => "sqs:CancelMessageMoveTask";

    protected override async ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue)
    {
        var moves = await call.Broker.ExecuteAsync(new ListMoveTasksCommand(queue, 1));
        if (!moves.IsOk) return Problems.From(moves.Fault);

        // One at a time is under way, so the newest is the one.
        if (moves.Value is not [{ Status: MoveTaskStatus.Running } move]) return Problems.NoSuchMove;
        var outcome = await call.Broker.ExecuteAsync(new CancelMoveTaskCommand(queue, move.TaskId));
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await call.TellAsync("CancelMove");
        await RestAnswer.WriteAsync(call.Context, 200, json => MoveAnswer.Write(json, outcome.Value));
        return null;
    }
}
