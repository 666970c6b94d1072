using System.Collections.Immutable;

namespace Weir.Broker.Documents;

/// <summary>Texts by name, in ordinal order, as documents hold them: tags, and what is kept for a protocol.</summary>
internal static class TextMap
{
    public static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
