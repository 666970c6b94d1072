using System.Diagnostics;

namespace Weir.Tests.Fuzz;

/// <summary>Something that takes bytes from outside, and what it may do with them.</summary>
/// <param name="Valid">Inputs that it takes; others are made from them.</param>
/// <param name="Take">Takes an input; any exception is a fault, unless it is one of those that refuse.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Valid, Action<byte[]> Take)
{
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(10);

    /// <summary>Exceptions by which this kind of reader refuses.</summary>
    public IReadOnlyList<Type> Refusals { get; init; } = [];

    /// <summary>Bytes that may be allocated for each byte of input, and for any input.</summary>
    public long AllocatedPerByte { get; init; } = 64;

    public long AllocatedBytes { get; init; } = 64 << 10;

    /// <summary>What means something to this reader, beside what every mutation may put in.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>Cases of this one for each of the fastest.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Null when all cases went well; else what went wrong, with the input in hexadecimal.</summary>
    public string? Run(int seed, long cases)
    {
        var mutator = new Mutator(Valid, Words, seed);
        byte[]? current = null;
        var began = 0L;
        string? fault = null;
        var thread = new Thread(() =>
        {
            foreach (var input in Valid)
            {
                if ((fault = Try(input)) is not null) return;
            }

            for (var i = 0L; i < cases && fault is null; i++)
            {
                current = mutator.Next();
                Volatile.Write(ref began, Stopwatch.GetTimestamp());
                fault = Try(current);
            }
        }) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (current is not null && Stopwatch.GetElapsedTime(Volatile.Read(ref began)) > CaseLimit)
                return $"{Name}, seed {seed}: it hangs on {Convert.ToHexString(current)}";
        }

        return fault is null ? null : $"{Name}, seed {seed}: {fault}";
    }

    // What the first of its kind allocates, for types and tables, is not of the input: only what comes again counts.
    private string? Try(byte[] input)
    {
        var (fault, allocated) = Measure(input);
        var most = AllocatedBytes + (AllocatedPerByte * input.Length);
        if (fault is null && allocated > most) (fault, allocated) = Measure(input);
        return fault is not null ? $"{fault}\non {Convert.ToHexString(input)}"
            : allocated <= most ? null
            : $"{allocated} bytes were allocated for {input.Length} bytes of input: {Convert.ToHexString(input)}";
    }

    private (Exception? Fault, long Allocated) Measure(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Take(input);
        }
        catch (Exception refusal) when (Refusals.Contains(refusal.GetType()))
        {
            // Refused, as it may be.
        }
        catch (Exception fault)
        {
            return (fault, 0);
        }

        return (null, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
