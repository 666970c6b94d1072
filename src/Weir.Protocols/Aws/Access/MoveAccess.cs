using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Protocols.Aws.Access;

/// <summary>What a caller must be allowed to have messages moved, beside starting the move itself.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
internal static class MoveAccess
{
    private const int PageMax = 1_000;

    /// <param name="destination">Null: each message goes back to the queue that it came from.</param>
    public static async ValueTask<IReadOnlyList<(string Action, QueueName Queue)>> NeededAsync(
        Broker.Broker broker, QueueName source, QueueName? destination)
    {
        var needed = new List<(string, QueueName)> { ("sqs:ReceiveMessage", source), ("sqs:DeleteMessage", source) };
        if (destination is not null)
        {
            needed.Add(("sqs:SendMessage", destination));
            return needed;
        }

        string? after = null;
        do
        {
            var page = await broker.ExecuteAsync(new ListDeadLetterSourcesCommand(source, after, PageMax));

            // A source that is not there is told by the move itself.
            if (!page.IsOk) return needed;
            needed.AddRange(page.Value.Queues.Select(queue => ("sqs:SendMessage", queue)));
            after = page.Value.Next;
        }
        while (after is not null);
        return needed;
    }
}
