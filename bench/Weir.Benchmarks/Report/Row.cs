namespace Weir.Benchmarks.Report;

/// <summary>One line of the table.</summary>
/// <param name="Section">What kind of work was measured.</param>
/// <param name="Name">What was counted.</param>
/// <param name="Weir">One sample a round.</param>
internal sealed record Row(string Section, string Name, string Unit, IReadOnlyList<double> Weir)
{
    /// <summary>What Weir is compared with; its rounds took turns with Weir's.</summary>
    public string? Against { get; init; }

    public IReadOnlyList<double> Ceiling { get; init; } = [];

    public Goal? Goal { get; init; }

    public double Median => Samples.Median(Weir);

    public double? CeilingMedian => Ceiling.Count == 0 ? null : Samples.Median(Ceiling);

    /// <summary>
    /// The median of each round's own ratio: what slowed a whole round down, such as another process, is in both of its
    /// halves and falls out.
    /// </summary>
    public double? Ratio =>
        Ceiling.Count == 0 ? null : Samples.Median(Weir.Zip(Ceiling, static (weir, top) => weir / top));

    public bool? IsMet => Goal?.IsMet(this);
}
