using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Ends the move out of a queue that is under way; what it moved stays moved.</summary>
internal sealed class CancelMoveOperation : RestOperation
{
    public override string Method => "DELETE";

    public override string Path => "/_weir/queues/{name}/moves";

    public override string Permission => "sqs:CancelMessageMoveTask";

    public override AwsResource ResourceOf(RestCall call) => QueuePath.ResourceOf(call);

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!QueueNameText.IsValid(call.Name)) return Problems.NoSuchPath;
        var queue = QueuePath.QueueOf(call);
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
