namespace Weir.WireTests.Crash;

/// <summary>
/// The oracle: which of Weir's promises the ledger shows broken. It knows nothing of kills and restarts; the promises
/// hold whatever happens between two answers.
/// </summary>
// 1. A message whose sending was acknowledged has been received (the queues were drained in the end).
// 2. A message whose sending was only ever refused has not.
// 3. A message is stored once: it never comes under two message ids.
// 4. A message whose deletion was acknowledged within its lease does not come in a receive that began afterwards.
// 5. Its receive count rises from each receive to every later one.
// 6. FIFO: a message comes only when all before it in its group are deleted (or may be), or came ahead in the answer.
public sealed class Verdict
{
    private readonly List<string> _broken = [];

    private Verdict(Ledger ledger)
    {
        var deliveries = (
            from receive in ledger.Receives
            from message in receive.Messages
            select (message.Key, receive.Span, message)).ToLookup(delivery => delivery.Key);
        Lost = JudgeSends(ledger, deliveries);
        foreach (var ofOne in deliveries) JudgeDeliveries(ofOne.Key, [.. ofOne.Select(d => (d.Span, d.message))]);
        JudgeDeletes(ledger, deliveries);
        JudgeOrder(ledger);
    }

    public static Verdict Of(Ledger ledger) => new(ledger);

    public IReadOnlyList<string> Broken => _broken;

    /// <summary>Acknowledged and never received.</summary>
    public int Lost { get; }

    private int JudgeSends(
        Ledger ledger, ILookup<string, (string Key, Span Span, DeliveredMessage Message)> deliveries)
    {
        var lost = 0;
        foreach (var tries in ledger.Sends.ToLookup(send => send.Key, send => send.Outcome))
        {
            var came = deliveries.Contains(tries.Key);
            if (tries.Contains(Outcome.Ok) && !came)
            {
                lost++;
                _broken.Add($"{tries.Key} was acknowledged and is lost");
            }
            if (tries.All(outcome => outcome == Outcome.Failed) && came)
                _broken.Add($"{tries.Key} was refused and came all the same");
        }
        return lost;
    }

    private void JudgeDeliveries(string key, List<(Span Span, DeliveredMessage Message)> all)
    {
        if (all.Select(delivery => delivery.Message.MessageId).Distinct().Count() > 1)
            _broken.Add($"{key} was stored twice: it came under two message ids");
        foreach (var (later, message) in all)
        {
            var before = all.Where(delivery => delivery.Span.Ended < later.Began).ToList();
            if (before.Count > 0 && before.Max(delivery => delivery.Message.Count) >= message.Count)
                _broken.Add($"{key} came with receive count {message.Count} after a higher or equal one");
        }
    }

    private void JudgeDeletes(
        Ledger ledger, ILookup<string, (string Key, Span Span, DeliveredMessage Message)> deliveries)
    {
        foreach (var delete in ledger.Deletes.Where(delete => delete is { Outcome: Outcome.Ok, InLease: true }))
        {
            if (deliveries[delete.Key].Any(delivery => delivery.Span.Began > delete.Span.Ended))
                _broken.Add($"{delete.Key} came back after its deletion was acknowledged");
        }
    }

    private void JudgeOrder(Ledger ledger)
    {
        var gone = ledger.Deletes.Where(delete => delete.Outcome != Outcome.Failed)
            .GroupBy(delete => delete.Key, delete => delete.Span.Began)
            .ToDictionary(began => began.Key, began => began.Min());
        var settled = new SettledGroups(gone);
        foreach (var receive in ledger.Receives)
        {
            var places = receive.Messages.Select(message => GroupPlace.Of(message.Key)).OfType<GroupPlace>();
            foreach (var group in places.GroupBy(place => place.Group))
                JudgeAnswer([.. group], receive.Span.Ended, settled);
        }
    }

    private void JudgeAnswer(List<GroupPlace> places, long ended, SettledGroups settled)
    {
        var expected = settled.NextAt(places[0], ended);
        foreach (var place in places)
        {
            if (place.Index > expected) _broken.Add($"{place.Key} came while number {expected} was not done");
            expected = Math.Max(expected, place.Index + 1);
        }
    }
}
