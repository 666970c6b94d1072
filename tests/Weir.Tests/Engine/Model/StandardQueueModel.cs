using Weir.Engine;

namespace Weir.Tests.Engine.Model;

internal sealed class StandardQueueModel(ShardModel shard, long id, QueueName name) : QueueModel(shard, id, name)
{
    public override string Send(Guid id, string? group, string? dedup, string content, TimeSpan? delay) =>
        dedup is not null ? "InvalidValue" : Append(id, group, dedup, delay ?? Config.Delay);

    public override string Receive(int max, TimeSpan? visibility, string? attempt)
    {
        if (attempt is not null) return "InvalidValue";
        var inFlight = InFlight;
        var leased = new List<string>();
        foreach (var message in Messages.Where(message => message.IsVisible(Now)).ToArray())
        {
            if (leased.Count == max) break;
            if (DeadLetter(message)) continue;
            if (inFlight + leased.Count >= Shard.InFlightMax) return leased.Count == 0 ? "InFlightLimit" : Text(leased);
            leased.Add(Lease(message, visibility));
        }

        return Text(leased);
    }

    public override string Delete(long sequence, int receives)
    {
        Messages.RemoveAll(message => message.Sequence == sequence && message.Receives == receives);
        return "done";
    }

    public override MessageModel? NextToMove() => Messages.Find(message => message.IsVisible(Now));

    private static string Text(List<string> leased) => string.Join('\n', leased);
}
