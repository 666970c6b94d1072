using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells how the latest moves out of a queue fared, newest first.</summary>
internal sealed class ListMovesOperation : RestOperation
{
    /// <summary>No more are kept.</summary>
    private const int MovesMax = 11;

    public override string Method => "GET";

    public override string Path => "/_weir/queues/{name}/moves";

    public override string Permission => "sqs:ListMessageMoveTasks";

    public override AwsResource ResourceOf(RestCall call) => QueuePath.ResourceOf(call);

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!QueueNameText.IsValid(call.Name)) return Problems.NoSuchPath;
        var moves = await call.Broker.ExecuteAsync(new ListMoveTasksCommand(QueuePath.QueueOf(call), MovesMax));
        if (!moves.IsOk) return Problems.From(moves.Fault);
        await RestAnswer.WriteAsync(
            call.Context, 200, json => AdminAnswer.WriteAll(json, "moves", moves.Value, MoveAnswer.Write));
        return null;
    }
}
