using System.Numerics;

namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>For each array element that matters to a rule, the set of conditions that it meets, as bits.</summary>
internal sealed class ElementSets
{
    private readonly List<int> _elements = [];
    private readonly Dictionary<int, int> _arrayRows = [];
    private readonly Dictionary<int, int> _elementRows = [];
    private readonly List<ulong> _rows = [];
    private EventFields _fields = null!;
    private int _conditions;
    private int _words;

    public void Begin(EventFields fields, int conditions)
    {
        _fields = fields;
        _conditions = conditions;
        _words = (conditions + 63) / 64;
        _elements.Clear();
        _arrayRows.Clear();
        _elementRows.Clear();
        _rows.Clear();
        _ = Row(_elementRows, 0);
        _elements.Add(0);
    }

    /// <summary>The condition is met within the element, in none of the arrays in it. All arrays around it could then
    /// offer the condition; where one already does, so do those around it.</summary>
    public void Add(int condition, int element)
    {
        Touch(element);
        if (!Set(_elementRows[element], condition)) return;
        for (var (parent, array) = _fields.Element(element); array >= 0; (parent, array) = _fields.Element(parent))
            if (!Set(_arrayRows[array], condition)) break;
    }

    public bool IsAllMet()
    {
        // An element comes after the one that it lies in, so from the last to the first each is complete in its turn.
        _elements.Sort();
        for (var i = _elements.Count - 1; i > 0; i--)
        {
            var (parent, array) = _fields.Element(_elements[i]);
            var (own, whole) = (_elementRows[_elements[i]], _arrayRows[array]);
            if (!IsSame(own, whole)) continue;
            var outer = _elementRows[parent];
            for (var word = 0; word < _words; word++) _rows[outer + word] |= _rows[whole + word];
        }

        var met = 0;
        for (var word = 0; word < _words; word++) met += BitOperations.PopCount(_rows[_elementRows[0] + word]);
        return met == _conditions;
    }

    private void Touch(int element)
    {
        while (!_elementRows.ContainsKey(element))
        {
            _ = Row(_elementRows, element);
            _elements.Add(element);
            var (parent, array) = _fields.Element(element);
            if (!_arrayRows.ContainsKey(array)) _ = Row(_arrayRows, array);
            element = parent;
        }
    }

    private int Row(Dictionary<int, int> rows, int key)
    {
        rows.Add(key, _rows.Count);
        for (var word = 0; word < _words; word++) _rows.Add(0);
        return rows[key];
    }

    /// <returns>False when it was set before.</returns>
    private bool Set(int row, int condition)
    {
        var bit = 1UL << (condition % 64);
        var word = row + condition / 64;
        if ((_rows[word] & bit) != 0) return false;
        _rows[word] |= bit;
        return true;
    }

    private bool IsSame(int x, int y)
    {
        for (var word = 0; word < _words; word++)
            if (_rows[x + word] != _rows[y + word]) return false;
        return true;
    }
}
