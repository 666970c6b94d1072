using CsCheck;

namespace Weir.Tests.Fuzz;

/// <summary>Runs cases of one target. A case follows from the seed and its own number, so one is enough to repeat it.</summary>
internal sealed class FuzzRun(FuzzTarget target, uint seed)
{
    private static readonly TimeSpan CaseTimeMax = TimeSpan.FromSeconds(10);

    private readonly Mutator _mutator = new(target);
    private long _case;
    private long _watched = -1;

    public long Taken { get; private set; }

    /// <summary>Runs until the count is reached or the time is over, and answers how many cases were run.</summary>
    public long Run(long cases, CancellationToken timeOver)
    {
        using var watchdog = new Timer(_ => EndIfStuck(), null, CaseTimeMax, CaseTimeMax);
        RequireSeedsTaken();
        while (_case < cases && !timeOver.IsCancellationRequested)
        {
            var input = _mutator.Next(new PCG((uint)_case, seed));
            Try(input);
            Volatile.Write(ref _case, _case + 1);
        }

        return _case;
    }

    /// <summary>Also the warm-up: what is allocated once is not held against a case.</summary>
    private void RequireSeedsTaken()
    {
        for (var i = 0; i < target.Seeds.Count; i++)
        {
            if (!target.Takes(target.Seeds[i]))
                throw new FuzzFailureException($"{target.Name}: seed {i}, which is valid, was refused.");
        }
    }

    private void Try(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (target.Takes(input)) Taken++;
        }
        catch (Exception exception)
        {
            throw new FuzzFailureException($"{Place}: {exception.Message}\n{Convert.ToBase64String(input)}", exception);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var allowed = target.AllocatedBytesBase + (input.Length * target.AllocatedBytesPerByte);
        if (allocated <= allowed) return;
        throw new FuzzFailureException($"{Place}: {allocated} bytes were allocated for an input of {input.Length}, "
            + $"{allowed} are allowed.\n{Convert.ToBase64String(input)}");
    }

    private string Place => $"{target.Name}, seed {seed}, case {_case}";

    // A loop that never ends cannot be stopped from outside, so the process ends, saying where.
    private void EndIfStuck()
    {
        var now = Volatile.Read(ref _case);
        if (now == Interlocked.Exchange(ref _watched, now))
            Environment.FailFast($"{Place}: the case took longer than {CaseTimeMax.TotalSeconds} s.");
    }
}
