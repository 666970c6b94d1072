using Weir.Engine;

namespace Weir.Simulator;

// Visible messages in the order of their sequences, each for itself.
internal sealed class StandardQueueModel : QueueModel
{
    public StandardQueueModel(ShardModel shard, int index, long id, QueueConfig config)
        : base(shard, index, id, config)
    {
    }

    private StandardQueueModel(ShardModel shard, QueueModel other)
        : base(shard, other)
    {
    }

    public override QueueModel Copy(ShardModel shard) => new StandardQueueModel(shard, this);

    public override string Send(Send send) => string.Join(' ', send.Messages().Select(message => Append(
        message, Calls.Group(message), dedup: null, message.DelaySeconds * 1000L ?? Ms(Config.Delay))));

    public override string? RefusalOf(Message message) => null;

    public override void Publish(Message message) =>
        Append(message, Calls.Group(message), dedup: null, Ms(Config.Delay));

    public override string Receive(Receive receive)
    {
        if (receive.Attempt is not null) return nameof(FaultCode.InvalidValue);
        var inFlight = InFlight;
        var (leased, answer) = (new List<long>(), "");
        foreach (var message in Messages.Where(message => message.IsVisible(Now)).ToArray())
        {
            if (leased.Count == receive.Max) break;
            if (DeadLetter(message)) continue;
            if (inFlight + leased.Count >= Shard.Options.InFlightMax)
            {
                if (leased.Count == 0) return nameof(FaultCode.InFlightLimit);
                break;
            }

            answer += Lease(message, receive);
            leased.Add(message.Sequence);
        }

        EndLeasesOfZero(receive, leased);
        return answer;
    }

    public override string Delete(HandleModel handle)
    {
        Messages.RemoveAll(message =>
            message.Sequence == handle.Sequence && message.Receives == handle.Receives);
        return Answers.Done;
    }

    public override MessageModel? Next() => Messages.Find(message => message.IsVisible(Now));
}
