using System.Runtime.CompilerServices;
using Weir.Broker.Buses;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Access;

/// <summary>
/// The policies that queues, topics and buses have. Each is compiled once, for as long as the text of it is kept. A
/// text that an older version kept and that is not served counts as none: it grants nothing.
/// </summary>
public static class ResourcePolicies
{
    /// <summary>The attribute under which queues and topics keep their policy.</summary>
    public const string Attribute = "Policy";

    private static readonly ConditionalWeakTable<string, Compiled> Known = [];

    /// <summary>Null: the queue has none.</summary>
    public static Policy? Of(DefinitionCatalog definitions, QueueName queue) =>
        definitions.KeptOf(queue) is { } kept && kept.TryGetValue(Attribute, out var text)
            ? Compile(text, PolicyScope.Queue)
            : null;

    public static Policy? Of(DefinitionCatalog definitions, TopicName topic) =>
        TopicDirectory.ConfigOf(definitions, topic)?.Opaque.GetValueOrDefault(Attribute) is { } text
            ? Compile(text, PolicyScope.Topic)
            : null;

    public static Policy? Of(DefinitionCatalog definitions, BusName bus) =>
        BusDirectory.ConfigOf(definitions, bus)?.Policy is { } text ? Compile(text, PolicyScope.Bus) : null;

    private static Policy? Compile(string text, PolicyScope scope) =>
        Known.GetValue(text, key => new Compiled(Policy.Parse(key, scope) is { IsOk: true } read ? read.Value : null))
            .Policy;

    private sealed record Compiled(Policy? Policy);
}
