using System.Globalization;
using Xunit;

namespace Weir.Tests.Fuzz;

/// <summary>
/// Hostile input is taken or refused, by every reader of bytes from outside. The same cases each time; a longer run with
/// other ones is <c>./run fuzz</c>, which asks through the environment.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const long TextCases = 10_000;
    private const long EngineCases = 600;

    public static TheoryData<string> Names =>
        [.. FuzzTargets.All.Select(target => target.Name).Where(name => Asked("TARGET") is not { } one || one == name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_input_is_taken_or_refused(string name)
    {
        var target = FuzzTargets.Named(name);
        var minutes = Number("MINUTES");
        var cases = Number("CASES")
            ?? (minutes is not null ? long.MaxValue : IsSlow(target) ? EngineCases : TextCases);
        using var timeOver = new CancellationTokenSource();
        if (minutes is { } limit) timeOver.CancelAfter(TimeSpan.FromMinutes(limit));

        var run = new FuzzRun(target, (uint)(Number("SEED") ?? 1));
        var done = run.Run(cases, timeOver.Token);

        output.WriteLine($"{name}: {done} cases, {run.Taken} of them taken, no fault.");
        Assert.InRange(done, 1, cases);
        Assert.InRange(run.Taken, 1, done - 1);
    }

    [Fact]
    public void A_planted_fault_is_found_and_can_be_repeated()
    {
        var first = Assert.Throws<FuzzFailureException>(() => new FuzzRun(new PlantedFault(), 1).Run(100_000, default));
        var again = Assert.Throws<FuzzFailureException>(() => new FuzzRun(new PlantedFault(), 1).Run(100_000, default));

        Assert.IsType<IndexOutOfRangeException>(first.InnerException);
        Assert.Equal(first.Message, again.Message);
    }

    [Fact]
    public void An_input_that_asks_for_too_much_memory_is_found()
    {
        var found = Assert.Throws<FuzzFailureException>(() => new FuzzRun(new PlantedGreed(), 1).Run(100_000, default));

        Assert.Contains("bytes were allocated", found.Message, StringComparison.Ordinal);
    }

    /// <summary>These replay a whole log for each case.</summary>
    private static bool IsSlow(FuzzTarget target) => target.Name is "replay" or "checkpoint" or "log";

    private static long? Number(string name) =>
        Asked(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Asked(string name) =>
        Environment.GetEnvironmentVariable("WEIR_FUZZ_" + name) is { Length: > 0 } text ? text : null;

    /// <summary>Fails at a pair of bytes that no seed holds.</summary>
    private sealed class PlantedFault : FuzzTarget
    {
        public override string Name => "planted fault";

        public override IReadOnlyList<byte[]> Seeds { get; } = Texts("a reader of plain text", "and {another} of it");

        public override bool Takes(byte[] input)
        {
            var at = input.AsSpan().IndexOf("}t"u8);
            return at < 0 || input[at + input.Length] == 0;
        }
    }

    /// <summary>Believes a length that the input names.</summary>
    private sealed class PlantedGreed : FuzzTarget
    {
        public override string Name => "planted greed";

        public override IReadOnlyList<byte[]> Seeds { get; } = [[4, 0, 0, 0, 1, 2, 3, 4]];

        public override bool Takes(byte[] input)
        {
            if (input.Length < sizeof(int) || BitConverter.ToInt32(input) is < 0 or > 1 << 26) return false;
            return new byte[BitConverter.ToInt32(input)].Length == input.Length - sizeof(int);
        }
    }
}
