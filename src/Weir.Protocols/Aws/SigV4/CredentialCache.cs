using System.Collections.Concurrent;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// What a credential was found to mean. A client sends the same one all day, so a request costs one look-up by the
/// characters of its header and no string. When full it is emptied: the next requests fill it again.
/// </summary>
internal sealed class CredentialCache<T>
    where T : class
{
    private const int EntriesMax = 1024;

    private readonly ConcurrentDictionary<string, T> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;
    private int _count;

    public CredentialCache() => _byCharacters = _entries.GetAlternateLookup<ReadOnlySpan<char>>();

    public T? Find(ReadOnlySpan<char> credential) =>
        _byCharacters.TryGetValue(credential, out var found) ? found : null;

    public void Add(ReadOnlySpan<char> credential, T meaning)
    {
        if (Interlocked.Increment(ref _count) > EntriesMax)
        {
            _entries.Clear();
            Volatile.Write(ref _count, 1);
        }

        _byCharacters[credential] = meaning;
    }
}
