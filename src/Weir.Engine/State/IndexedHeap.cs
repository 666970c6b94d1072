namespace Weir.Engine.State;

/// <summary>How a heap orders its items, and where an item remembers its place in it.</summary>
public interface IHeapOrder<in T>
{
    static abstract bool Before(T left, T right);

    /// <summary>The item's place in the heap; -1 while it is in none.</summary>
    static abstract int GetIndex(T item);

    static abstract void SetIndex(T item, int index);
}

/// <summary>
/// A binary heap whose items know their place, so that any of them can be removed or moved in O(log n). That keeps it
/// free of stale items: it is as large as what it orders, however often an item's time changes.
/// </summary>
public sealed class IndexedHeap<T, TOrder>
    where T : class
    where TOrder : IHeapOrder<T>
{
    private T[] _items = [];

    public int Count { get; private set; }

    public T? First => Count == 0 ? null : _items[0];

    public void Add(T item)
    {
        if (TOrder.GetIndex(item) != -1) throw new InvalidOperationException("The item is in a heap already.");
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        Place(item, Count++);
        SiftUp(item);
    }

    public void Remove(T item)
    {
        var index = TOrder.GetIndex(item);
        if (index < 0 || index >= Count || !ReferenceEquals(_items[index], item))
            throw new InvalidOperationException("The item is not in this heap.");
        var last = _items[--Count];
        _items[Count] = null!;
        TOrder.SetIndex(item, -1);
        if (!ReferenceEquals(last, item))
        {
            Place(last, index);
            Moved(last);
        }

        if (_items.Length > 64 && Count < _items.Length / 4) Array.Resize(ref _items, _items.Length / 2);
    }

    /// <summary>Call after the item's key changed.</summary>
    public void Moved(T item)
    {
        SiftUp(item);
        SiftDown(item);
    }

    public void Clear()
    {
        for (var i = 0; i < Count; i++) TOrder.SetIndex(_items[i], -1);
        _items = [];
        Count = 0;
    }

    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    private void Place(T item, int index)
    {
        _items[index] = item;
        TOrder.SetIndex(item, index);
    }

    private void SiftUp(T item)
    {
        var index = TOrder.GetIndex(item);
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!TOrder.Before(item, _items[parent])) break;
            Place(_items[parent], index);
            index = parent;
        }

        Place(item, index);
    }

    private void SiftDown(T item)
    {
        var index = TOrder.GetIndex(item);
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && TOrder.Before(_items[child + 1], _items[child])) child++;
            if (!TOrder.Before(_items[child], item)) break;
            Place(_items[child], index);
            index = child;
        }

        Place(item, index);
    }
}
