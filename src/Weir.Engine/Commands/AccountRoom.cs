using Weir.Engine.Accounts;
using Weir.Engine.Definitions;
using Weir.Engine.Queues;

namespace Weir.Engine.Commands;

/// <summary>Whether an account may have more, by its limits. Asked only while a command decides.</summary>
// What Weir moves by itself asks nobody: dead letters and moves leave the number of messages as it is.
internal static class AccountRoom
{
    /// <summary>Between two looks at the queues of an account that is to be refused.</summary>
    private const long LookIntervalMs = 100;

    /// <summary>Queues of one look, about a microsecond each.</summary>
    private const int LookQueuesMax = 1_000;

    /// <summary>Why the account does not take so many more messages; null when it does.</summary>
    public static Fault? CheckMessages(Shard shard, Queue queue, long messages, long bytes)
    {
        if (shard.LimitsOf(queue) is not { } limits || (limits.MessagesMax ?? limits.BytesMax) is null) return null;
        var use = queue.Use;
        var hasRoom = HasRoom();
        if (!hasRoom && LookAtQueues(shard, use)) hasRoom = HasRoom();
        if (hasRoom)
        {
            use.Pass(AccountUse.MessagesSlot);
            use.Pass(AccountUse.BytesSlot);
            return null;
        }

        var isByMessages = use.Messages + messages > limits.MessagesMax;
        use.Refuse(isByMessages ? AccountUse.MessagesSlot : AccountUse.BytesSlot, shard.NowUnixMs);
        var (value, max, unit) = isByMessages
            ? (use.Messages, limits.MessagesMax, "messages")
            : (use.Bytes, limits.BytesMax, "stored bytes");
        return new Fault(FaultCode.QuotaReached,
            $"Account {use.Account} has {value} {unit}, where its quota is {max}; send again when some were received "
            + "and deleted.");

        bool HasRoom() =>
            !(use.Messages + messages > limits.MessagesMax) && !(use.Bytes + bytes > limits.BytesMax);
    }

    /// <summary>How many more messages of the queue the account may have in flight.</summary>
    public static long InFlightRoom(Shard shard, Queue queue)
    {
        if (shard.LimitsOf(queue)?.InFlightMax is not { } most) return long.MaxValue;
        if (queue.Use.InFlight >= most) LookAtQueues(shard, queue.Use);
        if (queue.Use.InFlight < most) queue.Use.Pass(AccountUse.InFlightSlot);
        return Math.Max(0, most - queue.Use.InFlight);
    }

    /// <summary>A receive found messages and no room for them in the account's quota.</summary>
    public static Fault RefuseReceive(Shard shard, Queue queue)
    {
        queue.Use.Refuse(AccountUse.InFlightSlot, shard.NowUnixMs);
        var max = shard.LimitsOf(queue)?.InFlightMax;
        return new Fault(FaultCode.InFlightLimit, $"Account {queue.Use.Account} has {queue.Use.InFlight} messages in "
            + $"flight, where its quota is {max}. Delete what was processed before receiving more.");
    }

    /// <summary>The same for a FIFO queue, whose receives get nothing and may wait.</summary>
    public static void HoldReceive(Shard shard, Queue queue)
    {
        queue.Use.Refuse(AccountUse.InFlightSlot, shard.NowUnixMs);
        queue.Use.Hold(queue);
    }

    public static Fault? CheckQueue(Shard shard, QueueName name)
    {
        if (name.IsInternal || shard.LimitsOf(name.Account)?.QueuesMax is not { } most) return null;
        var use = shard.State.UseOf(name.Account);
        return Check(shard, use, AccountUse.QueuesSlot, use.Queues + 1, most, "queues");
    }

    /// <summary>Why definitions cannot be added; null when they can.</summary>
    public static Fault? CheckDefinitions(Shard shard, IReadOnlyList<DefinitionChange> changes)
    {
        if (!shard.HasLimits) return null;
        foreach (var change in changes)
        {
            if (change.Value is null || change.Item is null || change.IsOnlyExpected) continue;
            foreach (var limit in shard.LimitsOf(change.Scope.Account)?.Definitions ?? [])
            {
                if (limit.Kind != change.Scope.Kind || limit.IsNamed != (change.Item.Length > 0)) continue;
                var use = shard.State.UseOf(change.Scope.Account);
                var added = Added(shard.State.Definitions, changes, change.Scope.Account, limit);
                if (added <= 0) continue;
                var all = use.DefinitionsOf(limit.Kind, limit.IsNamed) + added;
                if (Check(shard, use, limit.Slot, all, limit.Max, limit.What) is { } fault) return fault;
            }
        }

        return null;
    }

    // An item that is named twice in one command counts twice, which no command does.
    private static long Added(
        DefinitionCatalog definitions, IReadOnlyList<DefinitionChange> changes, string account, DefinitionLimit limit)
    {
        var added = 0L;
        foreach (var change in changes)
        {
            var scope = change.Scope;
            if (scope.Account != account || scope.Kind != limit.Kind || change.IsOnlyExpected) continue;
            if (change.Item is not { } item)
                added -= definitions.Find(scope)?.Items.Keys.Count(IsCounted) ?? 0;
            else if (IsCounted(item) && (definitions.Find(scope, item) is not null) != (change.Value is not null))
                added += change.Value is null ? -1 : 1;
        }

        return added;

        bool IsCounted(string item) => item.Length > 0 == limit.IsNamed;
    }

    private static Fault? Check(Shard shard, AccountUse use, int slot, long wanted, long max, string what)
    {
        if (wanted <= max)
        {
            use.Pass(slot);
            return null;
        }

        use.Refuse(slot, shard.NowUnixMs);
        return new Fault(FaultCode.InFlightLimit,
            $"Account {use.Account} has as many {what} as its quota allows ({max}); delete some first.");
    }

    /// <summary>Brings some of the account's queues to the present, so that what time has ended counts no more.
    /// </summary>
    private static bool LookAtQueues(Shard shard, AccountUse use)
    {
        if (shard.NowUnixMs < use.LookedUnixMs + LookIntervalMs) return false;
        use.LookedUnixMs = shard.NowUnixMs;
        var left = LookQueuesMax;
        QueueName? next = null;
        foreach (var name in shard.State.NamesFrom(use.LookNext ?? new QueueName(use.Account, "", "")))
        {
            if (name.Account != use.Account) break;
            if (left-- == 0)
            {
                next = name;
                break;
            }

            _ = shard.State.Find(name);
        }

        use.LookNext = next;
        return true;
    }
}
