namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>All that any rule asks of one field's values: a value finds the atoms that it meets, whatever their
/// number.</summary>
internal sealed class ValueMatcher
{
    private readonly List<(NumberRange Range, int Atom)> _rangesToBuild = [];
    private readonly AtomList _true = new();
    private readonly AtomList _false = new();
    private readonly AtomList _null = new();
    private ByteTable? _texts;
    private ByteTable? _numbers;
    private ByteTable? _foldedTexts;
    private TextAutomaton? _starts;
    private TextAutomaton? _ends;
    private TextAutomaton? _foldedStarts;
    private TextAutomaton? _foldedEnds;
    private CidrTable? _blocks;
    private RangeTable? _ranges;

    private bool HasFolded => _foldedTexts is not null || _foldedStarts is not null || _foldedEnds is not null;

    public void Add(ValueTest test, int atom)
    {
        switch (test.Kind)
        {
            case TestKind.Text: (_texts ??= new()).Add(test.Bytes, atom); break;
            case TestKind.TextIgnoringCase: (_foldedTexts ??= new()).Add(test.Bytes, atom); break;
            case TestKind.Prefix: (_starts ??= new()).Add(Open(test.Bytes), atom); break;
            case TestKind.PrefixIgnoringCase: (_foldedStarts ??= new()).Add(Open(test.Bytes), atom); break;
            case TestKind.Suffix: (_ends ??= new()).Add(Open(Reversed(test.Bytes)), atom); break;
            case TestKind.SuffixIgnoringCase: (_foldedEnds ??= new()).Add(Open(Reversed(test.Bytes)), atom); break;
            case TestKind.Wildcard: (_starts ??= new()).Add(test.Bytes, atom); break;
            case TestKind.Number: (_numbers ??= new()).Add(test.Bytes, atom); break;
            case TestKind.NumberRange: _rangesToBuild.Add((test.Range, atom)); break;
            case TestKind.Cidr: (_blocks ??= new()).Add(test.Block, atom); break;
            case TestKind.True: _true.Add(atom); break;
            case TestKind.False: _false.Add(atom); break;
            case TestKind.Null: _null.Add(atom); break;
            default: throw new ArgumentOutOfRangeException(nameof(test), test.Kind, "It is no test of a value.");
        }
    }

    /// <summary>After the last <see cref="Add"/>.</summary>
    public void Complete()
    {
        if (_rangesToBuild.Count > 0) _ranges = new(_rangesToBuild);
    }

    public void Match(FieldKind kind, ReadOnlySpan<byte> text, MatchScratch scratch)
    {
        switch (kind)
        {
            case FieldKind.Text: MatchText(text, scratch); break;
            case FieldKind.Number: MatchNumber(text, scratch); break;
            case FieldKind.True: scratch.Hit(_true); break;
            case FieldKind.False: scratch.Hit(_false); break;
            case FieldKind.Null: scratch.Hit(_null); break;
            case FieldKind.Opaque: break;
        }
    }

    private void MatchText(ReadOnlySpan<byte> text, MatchScratch scratch)
    {
        _texts?.Match(text, scratch);
        _starts?.Match(text, isBackward: false, scratch.Run, scratch);
        _ends?.Match(text, isBackward: true, scratch.Run, scratch);
        _blocks?.Match(text, scratch);
        if (!HasFolded) return;
        var room = scratch.Bytes(CaseFold.LengthMax(text.Length));
        var folded = room[..CaseFold.Fold(text, room)];
        _foldedTexts?.Match(folded, scratch);
        _foldedStarts?.Match(folded, isBackward: false, scratch.Run, scratch);
        _foldedEnds?.Match(folded, isBackward: true, scratch.Run, scratch);
    }

    private void MatchNumber(ReadOnlySpan<byte> text, MatchScratch scratch)
    {
        if (_numbers is null && _ranges is null) return;
        var room = scratch.Bytes(NumberKey.LengthMax(text.Length));
        if (!NumberKey.TryEncode(text, room, out var length)) return;
        _numbers?.Match(room[..length], scratch);
        _ranges?.Match(room[..length], scratch);
    }

    private static byte[] Open(byte[] text) => [.. text, WildcardText.Star];

    private static byte[] Reversed(byte[] text) => [.. text.Reverse()];
}
