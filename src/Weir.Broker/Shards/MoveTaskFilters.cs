using System.Text.Json;
using Weir.Broker.DeadLetters;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Shards;

/// <summary>The filters of the move tasks under way, each compiled once. Owned by the shard's thread.</summary>
internal sealed class MoveTaskFilters(ShardLoop loop)
{
    private readonly Dictionary<Guid, Func<StoredMessage, bool>> _filters = [];

    /// <summary>Tasks whose filter broke on a message: they end as not understood, and nothing else does.</summary>
    private readonly HashSet<Guid> _broken = [];

    /// <summary>Null: the task moves all, or another version started it and its filter is not understood.</summary>
    public Func<StoredMessage, bool>? Of(Guid taskId)
    {
        if (_broken.Contains(taskId)) return null;
        if (_filters.TryGetValue(taskId, out var known)) return known;
        if (loop.Shard.FilterOf(taskId) is not { } text) return null;
        var parsed = MessageFilter.Parse(text);
        if (!parsed.IsOk) return null;
        var filter = parsed.Value;
        return _filters[taskId] = stored => Wants(taskId, filter, stored);
    }

    public void KeepOnly(IReadOnlyCollection<Guid> running)
    {
        if (_filters.Count == 0) return;
        _broken.IntersectWith(running);
        foreach (var ended in _filters.Keys.Where(taskId => !running.Contains(taskId)).ToArray())
            _filters.Remove(ended);
    }

    private bool Wants(Guid taskId, MessageFilter filter, StoredMessage stored)
    {
        var content = StoredContent.ReadAppended(loop.Journal, stored);
        try
        {
            return filter.Wants(stored, content);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            _broken.Add(taskId);
            return false;
        }
    }
}
