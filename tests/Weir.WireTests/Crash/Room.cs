using System.Collections.Concurrent;

namespace Weir.WireTests.Crash;

/// <summary>
/// How many messages may be under way. A message leaves it once, when its deletion is acknowledged or may have
/// happened, or when its sending may have failed: however many kills there are, the room does not fill up with the
/// unknown.
/// </summary>
public sealed class Room(int messages) : IDisposable
{
    private readonly SemaphoreSlim _free = new(messages);
    private readonly ConcurrentDictionary<string, bool> _left = new();

    public Task EnterAsync(CancellationToken cancellation) => _free.WaitAsync(cancellation);

    public void Leave(string key)
    {
        if (_left.TryAdd(key, true)) _free.Release();
    }

    public void Dispose() => _free.Dispose();
}
