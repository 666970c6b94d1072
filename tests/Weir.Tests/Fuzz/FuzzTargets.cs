using System.Text;
using CsCheck;
using Weir.Engine;
using Weir.Protocols.Aws.Codec;
using Weir.Tests.Engine;
using Weir.Tests.Engine.Model;
using Weir.Tests.Fuzz.Targets;
using Weir.Tests.Protocols.SigV4;

namespace Weir.Tests.Fuzz;

/// <summary>Every reader of bytes that come from outside, or from a disk that may be damaged.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<HostileReader> Readers { get; } =
    [
        new JsonTarget(), new QueryTarget(), new SqsInputTarget(WireDialect.Json),
        new SqsInputTarget(WireDialect.Query), new SnsInputTarget(), new PolicyTextTarget(), new SignatureTarget(),
        new UriTarget(), new NameTarget(), new ContentTarget(), new RestMessageTarget(), new TopologyTarget(),
        new ReplayTarget(), new CheckpointTarget(), new LogTarget(),
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Authorization(), PresignedQuery(), Salvage(),
        .. Readers.Select(reader => reader.ToTarget()),
    ];

    // The header of a signed request, mangled: nothing but the very same header may pass.
    private static FuzzTarget Authorization()
    {
        var signed = TestRequest.Signed();
        var header = signed.Headers["Authorization"].ToString();
        return new FuzzTarget("authorization", Texts(header), input =>
        {
            var request = TestRequest.Signed();
            var text = Encoding.Latin1.GetString(input);
            request.Headers["Authorization"] = text;
            if (request.Authenticate().Error is null && !IsSameHeader(text, header))
                throw new InvalidOperationException("A header that nobody signed was taken.");
        })
        {
            AllocatedBytes = 1 << 20, Share = 0.05,
        };
    }

    // Spaces between its parts are no part of what is signed.
    private static bool IsSameHeader(string text, string header) =>
        Bare(text).Equals(Bare(header), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text) => string.Concat(text.Where(static one => !char.IsWhiteSpace(one)));

    private static FuzzTarget PresignedQuery()
    {
        var target = TestRequest.Presigned().Target;
        return new FuzzTarget("presigned", Texts(target), input =>
        {
            var request = TestRequest.Presigned();
            request.Target = "/" + Encoding.Latin1.GetString(input).TrimStart('/');
            if (request.Authenticate().Error is null && !IsSameQuery(request.Target, target))
                throw new InvalidOperationException($"A query that nobody signed was taken: {request.Target}");
        })
        {
            AllocatedBytes = 1 << 20, Share = 0.05,
        };
    }

    // The order of the fields, empty ones, and how a byte is percent-encoded are no part of what is signed, nor are
    // empty segments of the path and those of one dot.
    private static bool IsSameQuery(string target, string signed)
    {
        var (given, expected) = (target.Split('?', 2), signed.Split('?', 2));
        return given.Length == expected.Length && Parts(given[0], '/').SequenceEqual(Parts(expected[0], '/'))
            && Parts(given[^1], '&').Order(StringComparer.Ordinal)
                .SequenceEqual(Parts(expected[^1], '&').Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Parts(string text, char separator) => text.Split(separator)
        .Where(part => part.Length > 0 && part != ".")
        .Select(part => Uri.UnescapeDataString(part).TrimEnd('='));

    private static FuzzTarget Salvage()
    {
        var log = Log();
        return new FuzzTarget("salvage", [.. log.Frames.Select(frame => frame.Records).Where(one => one.Length > 0)],
            input =>
            {
                var salvage = new RecordSalvage(log.Shard);
                salvage.Read(0, input, 1, 0);
                _ = salvage.Messages.Count();
            })
        {
            AllocatedPerByte = 512, Share = 0.3,
        };
    }

    private static EngineHarness Log()
    {
        var both = new SideBySide(isFifo: true);
        for (uint seed = 1; seed <= 3; seed++)
        {
            foreach (var operation in Operations.Many.Generate(new PCG(seed, 1), null, out _)) both.Do(operation);
        }

        return both.Engine;
    }

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
