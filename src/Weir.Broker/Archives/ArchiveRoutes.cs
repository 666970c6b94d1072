using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Routing.Patterns;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>The archives of an account's buses, compiled once from their definitions. Immutable.</summary>
internal sealed class ArchiveRoutes
{
    private readonly Dictionary<BusName, OfBus> _buses;

    private ArchiveRoutes(DefinitionScope scope) => _buses = ArchiveDocuments.ArchivesIn(scope)
        .GroupBy(archive => archive.Bus)
        .ToDictionary(archives => archives.Key, archives => new OfBus([.. archives]));

    /// <summary>The queues of the archives that want the event of this bus, in the order of the archives' names.
    /// </summary>
    public static IReadOnlyList<QueueName> Match(DefinitionCatalog definitions, BusName bus, EventFields fields)
    {
        if (definitions.Find(ArchiveDocuments.Archives(bus.Account, bus.Region)) is not { } scope) return [];
        var routes = scope.Compile(static compiled => new ArchiveRoutes(compiled));
        return routes._buses.GetValueOrDefault(bus)?.Match(fields) ?? [];
    }

    private sealed class OfBus(IReadOnlyList<ArchiveConfig> archives)
    {
        private readonly ArchiveConfig[] _unfiltered = [.. archives.Where(archive => archive.Pattern is null)];

        private readonly PatternSet<ArchiveConfig> _filtered = PatternSet<ArchiveConfig>.Build(
        [
            .. archives.Where(archive => archive.Pattern is not null).Select(archive => (Parse(archive), archive)),
        ]);

        public IReadOnlyList<QueueName> Match(EventFields fields)
        {
            var matched = new List<ArchiveConfig>(_unfiltered);
            _filtered.Match(fields, matched);
            matched.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
            return [.. matched.Select(archive => archive.Queue)];
        }

        private static Pattern Parse(ArchiveConfig archive) =>
            Pattern.Parse(Encoding.UTF8.GetBytes(archive.Pattern!), PatternOptions.EventBridge).Value;
    }
}
