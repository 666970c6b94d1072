using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Sets and removes tags of a queue.</summary>
public sealed class TagQueueCommand(
    QueueName name, IReadOnlyDictionary<string, string> set, IReadOnlyCollection<string> remove) : Command<Done>
{
    /// <summary>Amazon SQS: tags per queue.</summary>
    public const int TagsMax = 50;

    /// <summary>Amazon SQS: 128 Unicode characters, of at most two UTF-16 units each.</summary>
    public const int KeyLengthMax = 2 * 128;

    /// <summary>Amazon SQS: 256 Unicode characters, of at most two UTF-16 units each.</summary>
    public const int ValueLengthMax = 2 * 256;

    public override string? Account => name.Account;

    /// <summary>The record holds all tags, those of before included. UTF-8 takes three bytes a unit at most.</summary>
    public override int RecordBytesMax => 64 + (TagsMax * (8 + (3 * (KeyLengthMax + ValueLengthMax))));

    public override bool AddsData => set.Count > 0;

    internal static Fault? Check(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > TagsMax) return Faults.Invalid($"A queue has at most {TagsMax} tags.");
        foreach (var (key, value) in tags)
        {
            if (key.Length > KeyLengthMax || value.Length > ValueLengthMax)
                return Faults.Invalid("A tag's key has at most 128 characters, its value at most 256.");
        }

        return null;
    }

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        var tags = queue.Tags.RemoveRange(remove).SetItems(set);
        if (Check(tags) is { } fault) return fault;
        shard.Emit(new QueueTagged(queue.Id, tags));
        return default(Done);
    }
}
