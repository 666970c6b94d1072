namespace Weir.Simulator;

// The account of what schedules send: each due time once, and of what was missed for a minute or more the last one
// only. It computes due times by itself.
internal sealed class ScheduleLedger(Coverage coverage)
{
    private const long LateMs = 60_000;

    private readonly Dictionary<int, ScheduleModel> _generations = [];
    private readonly Dictionary<int, int> _inForce = [];
    private readonly Dictionary<(int Generation, long DueMs), long> _fired = [];
    private readonly HashSet<(int Generation, long DueMs)> _required = [];

    public void Ask(ScheduleModel model) => _generations[model.Put.Generation] = model;

    // What the broker says is in force: the generation with its times, or none.
    public void Learn(int slot, int? generation, long anchorMs, long modifiedMs, long nowMs)
    {
        var before = _inForce.TryGetValue(slot, out var present) ? present : (int?)null;
        if (before == generation) return;
        if (before is { } ended)
            _generations[ended] = _generations[ended] with { EndedMs = generation is null ? nowMs : modifiedMs };
        _inForce.Remove(slot);
        if (generation is not { } begun) return;
        coverage.Count("schedules put");
        _inForce[slot] = begun;
        _generations[begun] = _generations[begun] with
        {
            AnchorMs = anchorMs,
            BeganMs = modifiedMs,
            IsRenewed = before is { } old && _generations[old].Expression == _generations[begun].Expression,
        };
    }

    // Nothing holds the broker up, and it has done all there is to do at this moment.
    public void Require(long nowMs)
    {
        foreach (var generation in _inForce.Values)
        {
            var model = _generations[generation];
            if (model.LastUpTo(nowMs) is { } due && model.IsOwn(due) && nowMs - due <= model.AgeMsMax)
                _required.Add((generation, due));
        }
    }

    // A message was received. Null, or what is wrong with that.
    public string? See(long sequence, string body, long sentMs)
    {
        var words = body.Split(' ');
        if (!int.TryParse(words[0], out var generation) || !_generations.TryGetValue(generation, out var model))
            return $"Nobody schedules {body}.";

        // It was put, and was replaced before anybody could be told of it.
        if (model.BeganMs == 0) return null;
        var what = $"{model.Expression} of generation {generation}, due at {words[1]}, sent at {sentMs},";
        if (model.DueOf(words[1]) is not { } due) return $"{what} is not due then.";
        if (_fired.TryGetValue((generation, due), out var first) && first != sequence)
            return $"{what} fires as {first} and as {sequence}.";
        if (!_fired.TryAdd((generation, due), sequence)) return null;
        coverage.Count("fired");
        if (sentMs < due) return $"{what} fires early.";
        if (sentMs > model.EndedMs) return $"{what} fires after its end at {model.EndedMs}.";
        if (sentMs - due > model.AgeMsMax) return $"{what} is too old.";
        if (sentMs - due < LateMs) return null;
        coverage.Count("fired late");
        return model.NextAfter(due) <= sentMs ? $"{what} is not the last that was missed." : null;
    }

    // When all messages were seen. Null, or what is wrong.
    public string? Settle()
    {
        foreach (var (generation, due) in _required)
        {
            if (!_fired.ContainsKey((generation, due)))
                return $"{_generations[generation]} did not fire at {ScheduleModel.Text(due)}.";
        }

        return null;
    }
}
