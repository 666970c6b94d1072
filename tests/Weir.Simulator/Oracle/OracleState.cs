using Weir.Engine;

namespace Weir.Simulator;

// Judges every answer. It holds each state that the disk may have: one while the broker runs, and after a crash as many
// as there are beginnings of what was under way and unanswered. An answer rules out the states that would have given
// another one; when none is left, the broker has lost, repeated, invented or reordered something.
internal sealed class OracleState(EngineOptions options)
{
    private List<ShardModel> _states = [new ShardModel(options)];

    // As they were before this step gave back what had been leased for those who went away: until an answer shows that
    // the step's frame is durable, that may be lost.
    private List<ShardModel> _beforeReturns = [];

    public int Count => _states.Count;

    public ShardModel Any => _states[0];

    public OracleState Copy()
    {
        var copy = new OracleState(options)
        {
            _states = _states.ConvertAll(state => state.Copy()),
        };
        return copy;
    }

    public void AdvanceTo(long nowMs) => _states.ForEach(state => state.AdvanceTo(nowMs));

    public void BeginStep()
    {
        _beforeReturns = [.. _states.Where(state => state.HasReturns).Select(state => state.Copy())];
        _states.ForEach(state => state.ApplyReturns());
    }

    // Null when some state agrees; else what was expected. Those that wait are served between other requests, and a
    // move steps behind them, so an answer may come before or after what these do in silence; which of both it was, a
    // later answer may tell.
    public string? Judge(Call call, IReadOnlyList<Call> waiting)
    {
        var expected = new List<string>();
        Func<ShardModel, ShardModel>[] befores = waiting.Count == 0 && !_states.Exists(state => state.IsMoveDue)
            ? [state => state]
            :
        [
            state => state,
            state => Served(state, waiting),
            state => Moved(state),
            state => Moved(Served(state, waiting)),
            state => Served(Moved(Served(state, waiting)), waiting),
        ];
        var before = Distinct(befores.SelectMany(before => _states.Select(before)));
        var agreeing = Agreeing(before, call, expected);
        if (agreeing.Count == 0) return string.Join("\n      or ", expected.Distinct());
        _states = Distinct(agreeing);
        if (call.Answer != Answers.Cancelled) _beforeReturns = [];
        return null;
    }

    public void EndStep(IReadOnlyList<Call> waiting)
    {
        _beforeReturns = [];
        _states = Distinct(_states.Select(state => Served(Moved(Served(state, waiting)), waiting)));
    }

    // True when a receive waits although there is something for it.
    public bool IsForgotten(Call call) => _states.TrueForAll(state =>
        state.HasReady((Receive)call.Operation) && state.Copy().Apply(call).Length > 0);

    // The process is gone, and with it the answers to these, which may have been durable from the first on.
    public void Lose(IReadOnlyList<Call> posted, IReadOnlyList<Call> parked)
    {
        _states = Distinct(_states.SelectMany(state => Beginnings(state, posted, parked)).Concat(_beforeReturns));
        _beforeReturns = [];
        _states.ForEach(state => state.Restart());
    }

    private static List<ShardModel> Agreeing(IEnumerable<ShardModel> states, Call call, List<string> expected)
    {
        var agreeing = new List<ShardModel>();
        foreach (var state in states)
        {
            if (call.Answer == Answers.Cancelled)
            {
                agreeing.Add(state);
                if (Unseen(state, call) is { } leased) agreeing.Add(leased);
                continue;
            }

            // Whose patience ended while nothing was ready gets nothing, even what it could have had repeated.
            if (call is { Answer: "", IsParked: true } && !state.HasReady((Receive)call.Operation))
            {
                agreeing.Add(state);
                continue;
            }

            var after = state.Copy();
            var answer = after.Apply(call);
            if (answer == call.Answer) agreeing.Add(after);
            else expected.Add(answer);
        }

        return agreeing;
    }

    // The client of a receive was gone when it was answered: whatever it leased goes back.
    private static ShardModel? Unseen(ShardModel state, Call call)
    {
        var after = state.Copy();
        after.Apply(call);
        if (after.Received.Count == 0 && after.Digest() == state.Digest()) return null;
        after.ReturnNext(after.Received);
        return after;
    }

    private static ShardModel Moved(ShardModel state)
    {
        if (!state.IsMoveDue) return state;
        var moved = state.Copy();
        moved.StepMoves();
        return moved;
    }

    // A receive that waits may find only messages that go to the dead-letter queue; then it waits on.
    private static ShardModel Served(ShardModel state, IReadOnlyList<Call> waiting)
    {
        foreach (var call in waiting)
        {
            if (!state.HasReady((Receive)call.Operation)) continue;
            var served = state.Copy();
            if (served.Apply(call).Length == 0) state = served;
        }

        return state;
    }

    private static List<ShardModel> Beginnings(ShardModel state, IReadOnlyList<Call> posted, IReadOnlyList<Call> parked)
    {
        var (states, waiting) = (new List<ShardModel> { state }, parked.ToList());
        var now = state.Copy();
        foreach (var call in posted)
        {
            if (call.Operation is Receive receive) Serve(receive.Queue);
            var answer = now.Apply(call);
            if (call.Operation is Receive { WaitSeconds: not 0 } && answer.Length == 0) waiting.Add(call);
            states.Add(now.Copy());
        }

        Serve(queue: null);
        if (!now.IsMoveDue) return states;
        now.StepMoves();
        states.Add(now.Copy());
        Serve(queue: null);
        return states;

        void Serve(int? queue)
        {
            foreach (var call in waiting.Where(call => queue is null || call.Queue == queue).ToList())
            {
                if (!now.HasReady((Receive)call.Operation)) continue;
                if (now.Apply(call).Length > 0) waiting.Remove(call);
                states.Add(now.Copy());
            }
        }
    }

    private static List<ShardModel> Distinct(IEnumerable<ShardModel> states)
    {
        var list = states.ToList();
        return list.Count == 1 ? list : [.. list.DistinctBy(state => state.Digest())];
    }
}
