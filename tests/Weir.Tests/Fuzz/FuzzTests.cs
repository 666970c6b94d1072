using System.Globalization;
using Xunit;

namespace Weir.Tests.Fuzz;

/// <summary>
/// Bytes that nobody meant to send: no reader fails in another way than its own, hangs, or takes more memory than the
/// input can justify. <c>./run fuzz</c> runs the same with more cases.
/// </summary>
public sealed class FuzzTests
{
    private const long CasesOfATest = 600_000;

    public static TheoryData<string> Targets() =>
        [.. FuzzTargets.All.Select(target => target.Name).Where(name => Asked is not { Length: > 0 } || Asked == name)];

    private static string? Asked => Environment.GetEnvironmentVariable("WEIR_FUZZ_TARGET");

    [Theory]
    [MemberData(nameof(Targets))]
    public void Whatever_comes_is_taken_or_refused(string name)
    {
        var target = FuzzTargets.All.Single(target => target.Name == name);
        var cases = (long)(Number("WEIR_FUZZ_CASES", CasesOfATest) * target.Share);
        var seed = (int)Number("WEIR_FUZZ_SEED", 1);

        var fault = target.Run(seed, cases);
        Assert.True(fault is null, fault);

        if (Environment.GetEnvironmentVariable("WEIR_FUZZ_CASES") is not null)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {cases:#,0} cases, seed {seed}"));
    }

    /// <summary>Else mutations of them would only ever test the first refusal.</summary>
    [Fact]
    public void Every_valid_input_is_taken() => Assert.All(
        FuzzTargets.Readers, reader => Assert.All(reader.Seeds, seed => Assert.True(reader.Takes(seed), reader.Name)));

    /// <summary>The control: a fault that needs two changes of a valid input is found.</summary>
    [Fact]
    public void A_planted_fault_is_found()
    {
        var faulty = new FuzzTarget("faulty", ["{\"a\":1}"u8.ToArray()], input =>
        {
            if (input.AsSpan().IndexOf((byte)0xFF) >= 0 && input.AsSpan().IndexOf("null"u8) >= 0)
                throw new InvalidOperationException("planted");
        });
        var greedy = new FuzzTarget("greedy", ["1"u8.ToArray()], input =>
        {
            if (input is [(byte)'9', ..]) _ = new byte[1 << 20];
        });

        Assert.Contains("planted", faulty.Run(1, CasesOfATest), StringComparison.Ordinal);
        Assert.Contains("were allocated", greedy.Run(1, CasesOfATest), StringComparison.Ordinal);
    }

    private static long Number(string variable, long standard) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : standard;
}
