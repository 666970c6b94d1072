namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>
/// All prefixes and wildcards of a field, or its suffixes read from the end, as one non-deterministic automaton in the
/// form of a tree: a value is read once, a byte at a time, with all places at which it may be kept at once. There is
/// no way back, and texts that begin alike share their places.
/// </summary>
internal sealed class TextAutomaton
{
    private readonly List<Place> _stars = [];
    private readonly Place _root = new();

    /// <summary>How many places have a star before them.</summary>
    public int StarCount => _stars.Count;

    /// <param name="steps">Bytes, and <see cref="WildcardText.Star"/>.</param>
    public void Add(ReadOnlySpan<byte> steps, int atom)
    {
        var place = _root;
        foreach (var step in steps) place = step == WildcardText.Star ? Star(place) : place.Grow(step);
        place.Accepted.Add(atom);
    }

    public void Match(ReadOnlySpan<byte> text, bool isBackward, AutomatonRun run, MatchScratch scratch)
    {
        run.Begin(StarCount);
        run.Now.Add(_root);
        PassStars(run, scratch);
        for (var i = 0; i < text.Length && run.Now.Count + run.Stars.Count > 0; i++)
        {
            var step = isBackward ? text[^(i + 1)] : text[i];
            foreach (var place in run.Now)
                if (place.Next(step) is { } next) run.Next.Add(next);
            foreach (var star in run.Stars)
                if (star.Next(step) is { } next) run.Next.Add(next);
            run.Step();
            PassStars(run, scratch);
        }

        foreach (var place in run.Now) scratch.Hit(place.Accepted);
    }

    /// <summary>A star takes any bytes, none too: once before it, the value stays before it. One that ends its text
    /// has nothing to wait for.</summary>
    private static void PassStars(AutomatonRun run, MatchScratch scratch)
    {
        foreach (var place in run.Now)
        {
            if (place.Star is not { } star || !run.IsFirst(star.Index)) continue;
            scratch.Hit(star.Accepted);
            if (star.HasNext) run.Stars.Add(star);
        }
    }

    private Place Star(Place place)
    {
        if (place.Star is null) _stars.Add(place.Star = new() { Index = _stars.Count });
        return place.Star;
    }

    /// <summary>How far into some texts a value is.</summary>
    internal sealed class Place
    {
        private byte[] _steps = [];
        private Place[] _next = [];

        public AtomList Accepted { get; } = new();

        public Place? Star { get; set; }

        public int Index { get; init; } = -1;

        public bool HasNext => _steps.Length > 0;

        public Place? Next(byte step)
        {
            var at = _steps.AsSpan().IndexOf(step);
            return at < 0 ? null : _next[at];
        }

        public Place Grow(byte step)
        {
            if (Next(step) is { } place) return place;
            place = new();
            _steps = [.. _steps, step];
            _next = [.. _next, place];
            return place;
        }
    }
}

/// <summary>The places of one run of an automaton, kept to be used again.</summary>
internal sealed class AutomatonRun
{
    private bool[] _passed = [];

    public List<TextAutomaton.Place> Now { get; private set; } = [];

    public List<TextAutomaton.Place> Next { get; private set; } = [];

    public List<TextAutomaton.Place> Stars { get; } = [];

    public void Begin(int starCount)
    {
        Now.Clear();
        Next.Clear();
        Stars.Clear();
        if (_passed.Length < starCount) _passed = new bool[starCount];
        else Array.Clear(_passed, 0, starCount);
    }

    public bool IsFirst(int star)
    {
        var isFirst = !_passed[star];
        _passed[star] = true;
        return isFirst;
    }

    public void Step()
    {
        (Now, Next) = (Next, Now);
        Next.Clear();
    }
}
