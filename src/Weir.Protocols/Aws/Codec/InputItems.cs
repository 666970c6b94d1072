namespace Weir.Protocols.Aws.Codec;

/// <summary>The elements of a list or the entries of a map, for foreach.</summary>
internal readonly struct InputItems(InputTree? tree, int first)
{
    public bool IsEmpty => tree is null || first == InputTree.None;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this) count++;
            return count;
        }
    }

    public Enumerator GetEnumerator() => new(tree, tree is null ? InputTree.None : first);

    internal struct Enumerator(InputTree? tree, int next)
    {
        private int _current = InputTree.None;
        private int _next = next;

        public readonly InputValue Current => new(tree!, _current);

        public bool MoveNext()
        {
            if (_next == InputTree.None) return false;
            _current = _next;
            _next = tree![_current].Next;
            return true;
        }
    }
}
