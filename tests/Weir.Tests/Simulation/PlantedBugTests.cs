using System.Reflection;
using Xunit;

namespace Weir.Tests.Simulation;

/// <summary>The simulator is itself tested: each of many bugs, planted in a copy of the sources, is found.</summary>
public sealed class PlantedBugTests
{
    /// <summary>As many as it takes for the rarest of them, and more.</summary>
    private const int SeedsMax = 4_000;

    private const int SeedsOfTheControl = 60;
    private const int FlowSeedsOfTheControl = 8;

    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(120);

    private static string Root { get; } = Path.GetFullPath(Path.Combine(
        typeof(PlantedBugTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(metadata => metadata.Key == "TestDirectory").Value!, "..", ".."));

    public static TheoryData<string> Bugs() => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found(string name)
    {
        var bug = PlantedBugs.All.Single(bug => bug.Name == name);
        foreach (var edit in bug.Edits)
        {
            var source = File.ReadAllText(Path.Combine(Root, edit.File));
            var times = source.Split(edit.Code).Length - 1;
            Assert.True(times == 1, $"{edit.File} has this {times} times: {edit.Code}");
        }

        var context = new MutantLoadContext();
        foreach (var project in bug.Edits.Select(edit => edit.File.Split('/')[1]).Distinct())
            context.Compile(Root, project, bug.Edits);
        var (seed, failure) = FirstFailure(context, bug.FirstSeed, SeedsMax, bug.IsOfFlows);

        Assert.True(failure is not null, $"Nobody noticed up to seed {seed}: {name}");
        TestContext.Current.AddAttachment("found", $"{name}: seed {seed}: {failure}");
        context.Unload();
    }

    /// <summary>Copies without a bug do as the originals: what is found above is found for its own sake.</summary>
    [Fact]
    public void The_copies_without_a_bug_are_sound()
    {
        var context = new MutantLoadContext();
        foreach (var project in (string[])["Weir.Journal", "Weir.Engine", "Weir.Broker"])
            context.Compile(Root, project, []);
        Assert.Null(FirstFailure(context, 1, SeedsOfTheControl, isFlow: false).Failure);
        Assert.Null(FirstFailure(context, 1, FlowSeedsOfTheControl, isFlow: true).Failure);
        context.Unload();
    }

    private static (int Seed, string? Failure) FirstFailure(
        MutantLoadContext context, int first, int seeds, bool isFlow)
    {
        (int Seed, string? Failure) found = (first - 1, null);
        var thread = new Thread(() =>
        {
            while (found is { Failure: null } && found.Seed < first - 1 + seeds)
                found = (found.Seed + 1, context.Failure(found.Seed + 1, isFlow));
        }) { IsBackground = true };
        thread.Start();

        // A bug may make a run endless, which is noticed as well.
        return thread.Join(RunLimit) ? found : (found.Seed, "It hangs.");
    }
}
