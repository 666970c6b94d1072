using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells how the latest moves out of a queue fared, newest first.</summary>
internal sealed class ListMovesOperation : QueueOperation
{
    /// <summary>No more are kept.</summary>
    private const int MovesMax = 11;

    public override string Method => "GET";

    public override string Path => "/_weir/queues/{name}/moves";

    public override string Permission => "sqs:ListMessageMoveTasks";

    protected override async ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue)
    {
        var moves = await call.Broker.ExecuteAsync(new ListMoveTasksCommand(queue, MovesMax));
        if (!moves.IsOk) return Problems.From(moves.Fault);
        await RestAnswer.WriteAsync(
            call.Context, 200, json => AdminAnswer.WriteAll(json, "moves", moves.Value, MoveAnswer.Write));
        return null;
    }
}
