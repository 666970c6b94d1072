using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Sets and removes tags of a queue.</summary>
public sealed class TagQueueCommand(
    QueueName name, IReadOnlyDictionary<string, string> set, IReadOnlyCollection<string> remove) : Command<Done>
{
    /// <summary>Amazon SQS: tags per queue.</summary>
    public const int TagsMax = 50;

    /// <summary>Fifty tags of the longest key (128) and value (256) that protocols let through, in UTF-8.</summary>
    public override int RecordBytesMax => 256 + (2 * TagsMax * ((128 + 256) * 3));

    public override bool AddsData => set.Count > 0;

    internal static Fault TooMany { get; } = Faults.Invalid($"A queue has at most {TagsMax} tags.");

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        var tags = queue.Tags.RemoveRange(remove).SetItems(set);
        if (tags.Count > TagsMax) return TooMany;
        shard.Emit(new QueueTagged(queue.Id, tags));
        return default(Done);
    }
}
