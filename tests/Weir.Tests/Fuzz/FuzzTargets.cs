using Weir.Protocols.Aws.Codec;
using Weir.Tests.Fuzz.Targets;

namespace Weir.Tests.Fuzz;

/// <summary>Every target, by its name.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new JsonTarget(), new QueryTarget(), new SqsInputTarget(WireDialect.Json), new SqsInputTarget(WireDialect.Query),
        new PolicyTextTarget(), new SignatureTarget(), new UriTarget(), new NameTarget(), new ContentTarget(),
        new ReplayTarget(), new CheckpointTarget(), new LogTarget(),
    ];

    public static FuzzTarget Named(string name) => All.First(target => target.Name == name);
}
