namespace Weir.Simulator;

// The account of a flow: where each message may be, and where it was seen. A message is told by its number, its place
// by queue and sequence; what a client has seen is durable, so a place that was seen is one for ever.
internal sealed class FlowLedger
{
    private readonly SortedDictionary<int, FlowMessage> _sent = [];
    private readonly Dictionary<(int Queue, long Sequence), int> _seen = [];
    private readonly HashSet<(int Queue, long Sequence)> _deleted = [];
    private readonly HashSet<(int Queue, long Sequence)> _maybeDeleted = [];
    private readonly List<PutPipe> _pipes = [];

    private static readonly int[] Targets = [4, 5, 6, 7];

    public void Ask(FlowSend send)
    {
        for (var number = send.FirstNumber; number < send.FirstNumber + send.Count; number++)
            _sent[number] = new FlowMessage(send.Queue, send.Group, send.Pad, IsAcknowledged: false);
    }

    public void Acknowledge(int number) => _sent[number] = _sent[number] with { IsAcknowledged = true };

    public void Ask(PutPipe put) => _pipes.Add(put);

    public void Ask(int queue, IEnumerable<long> deleted) =>
        _maybeDeleted.UnionWith(deleted.Select(sequence => (queue, sequence)));

    public void Deleted(int queue, long sequence) => _deleted.Add((queue, sequence));

    // A message was received. Null, or what is wrong with that.
    public string? See(int queue, long sequence, ReadOnlyMemory<byte> body, string? group)
    {
        var number = FlowNames.NumberOf(body);
        var what = $"message {number} as {sequence} of queue {FlowNames.Queues[queue].Name}";
        if (!_sent.TryGetValue(number, out var sent)) return $"{what} was never sent.";
        if (!body.Span.SequenceEqual(FlowNames.Body(number, sent.Group, sent.Pad))) return $"{what} is another one.";
        if (FlowNames.Queues[queue].HasFifoSuffix && group != FlowNames.GroupOf(sent.Group))
            return $"{what} is in group {group}.";
        if (_deleted.Contains((queue, sequence))) return $"{what} was deleted and comes back.";
        if (_seen.TryGetValue((queue, sequence), out var before) && before != number)
            return $"{what} was message {before} before.";
        _seen[(queue, sequence)] = number;
        return null;
    }

    // When all that there is was seen: each message is where it should be, once. Null, or what is wrong.
    public string? Settle()
    {
        var places = _seen.ToLookup(seen => seen.Value, seen => seen.Key);
        foreach (var (number, message) in _sent)
        {
            if (Settle(number, message, [.. places[number]]) is { } wrong)
                return $"Message {number} of {message}: {wrong}; seen as {string.Join(' ', places[number])}.";
        }

        return Disorder();
    }

    private string? Settle(int number, FlowMessage message, List<(int Queue, long Sequence)> places)
    {
        var counts = places.GroupBy(place => place.Queue).ToDictionary(group => group.Key, group => group.Count());
        if (counts.Values.Any(count => count > 1)) return "it is twice in a queue";
        var inSource = places.Where(place => place.Queue == message.Queue).ToList();
        var isTaken = inSource.Exists(_deleted.Contains);
        var mayBeTaken = inSource.Exists(_maybeDeleted.Contains);
        if (counts.ContainsKey(FlowNames.FirstOfTopic) != counts.ContainsKey(FlowNames.SecondOfTopic))
            return "one queue of the topic has it and the other has not";
        var elsewhere = counts.Keys
            .Where(queue => queue != message.Queue && queue != FlowNames.SecondOfTopic)
            .ToList();
        if (elsewhere.Count + (isTaken ? 1 : 0) > 1) return "it is in several places";
        foreach (var queue in elsewhere)
        {
            if (Targets.Contains(queue) && !_pipes.Exists(pipe => Leads(pipe, message.Queue, queue, number)))
                return $"no pipe leads it to {FlowNames.Queues[queue].Name}";
            if (!Targets.Contains(queue) && queue != FlowNames.LettersOf(message.Queue))
                return "it is a dead letter of another queue";
        }

        if (elsewhere.Count > 0 || isTaken || mayBeTaken || !message.IsAcknowledged) return null;
        return _pipes.Exists(pipe => pipe.Source == message.Queue && !Wants(pipe, number)) ? null : "it is lost";
    }

    // What came of a FIFO queue's group is in the order of sending, wherever it went.
    private string? Disorder()
    {
        var groups = _seen
            .Where(seen => _sent[seen.Value].Queue == FlowNames.FifoSource)
            .GroupBy(seen => (seen.Key.Queue, _sent[seen.Value].Group));
        foreach (var group in groups)
        {
            var numbers = group.OrderBy(seen => seen.Key.Sequence).Select(seen => seen.Value).ToList();
            if (!numbers.SequenceEqual(numbers.Order()))
            {
                return $"Group {group.Key.Group} is out of order in {FlowNames.Queues[group.Key.Queue].Name}: "
                    + string.Join(' ', numbers);
            }
        }

        return null;
    }

    private static bool Leads(PutPipe pipe, int source, int queue, int number) =>
        pipe.Source == source && Wants(pipe, number) && pipe.Target == queue switch
        {
            FlowNames.Target => PipeTarget.Queue,
            FlowNames.FifoTarget => PipeTarget.FifoQueue,
            _ => PipeTarget.Topic,
        };

    private static bool Wants(PutPipe pipe, int number) => pipe.Kind is null || pipe.Kind == FlowNames.KindOf(number);
}

internal readonly record struct FlowMessage(int Queue, int Group, int Pad, bool IsAcknowledged);
