using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>What names a topic. Equality is ordinal and case-sensitive.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">1 to 256 of <c>A-Z a-z 0-9 - _</c>; a FIFO topic's ends in <c>.fifo</c>.</param>
public sealed record TopicName(string Account, string Region, string Name)
{
    /// <summary>The kind of the scopes that hold a topic and its subscriptions.</summary>
    internal const string ScopeKind = "topic";

    public bool HasFifoSuffix => Name.EndsWith(QueueName.FifoSuffix, StringComparison.Ordinal);

    internal ScopeName Scope => new(ScopeKind, Account, Region, Name);

    /// <summary>Gives a FIFO topic its sequence numbers and its deduplication.</summary>
    internal QueueName Sequencer => new(Account, Region, $"{QueueName.InternalPrefix}topic-{Name}");

    internal static TopicName Of(ScopeName scope) => new(scope.Account, scope.Region, scope.Name);

    public override string ToString() => $"{Account}/{Region}/{Name}";
}
