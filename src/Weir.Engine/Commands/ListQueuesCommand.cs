using System.Collections.Immutable;

namespace Weir.Engine.Commands;

/// <summary>Lists the queues of an account in a region whose names begin with a prefix, a page at a time.</summary>
/// <param name="after">Start behind this name; null for the first page.</param>
/// <param name="max">1 to 1,000 names.</param>
public sealed class ListQueuesCommand(string account, string region, string prefix, string? after, int max)
    : Command<QueuePage>
{
    public override string? Account => account;

    public override int RecordBytesMax => 0;

    internal static QueuePage Page(IEnumerable<QueueName> names, int max)
    {
        var page = ImmutableArray.CreateBuilder<QueueName>();
        foreach (var name in names)
        {
            if (page.Count == max) return new QueuePage(page.ToImmutable(), page[^1].Name);
            page.Add(name);
        }

        return new QueuePage(page.ToImmutable(), null);
    }

    internal override Outcome<QueuePage> Execute(Shard shard)
    {
        var first = after is null || string.CompareOrdinal(after, prefix) < 0 ? prefix : after;
        return Page(
            shard.State.NamesFrom(new QueueName(account, region, first))
                .Where(name => !name.IsInternal)
                .TakeWhile(name => name.Account == account && name.Region == region
                    && name.Name.StartsWith(prefix, StringComparison.Ordinal))
                .SkipWhile(name => name.Name == after),
            max);
    }
}
