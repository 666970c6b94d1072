using System.Buffers;
using Weir.Broker.Pipes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes;

/// <summary>ARNs of pipes: <c>arn:aws:pipes:region:account:pipe/name</c>.</summary>
internal static class PipeArn
{
    private const int NameLengthMax = 64;
    private const string Prefix = "pipe/";

    private static readonly SearchValues<char> InName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string Write(PipeName pipe) => $"arn:aws:pipes:{pipe.Region}:{pipe.Account}:{Prefix}{pipe.Name}";

    public static PipeName? Parse(string arn) =>
        Arn.Parse(arn, PipesService.Name) is { } found && found.Resource.StartsWith(Prefix, StringComparison.Ordinal)
            && IsName(found.Resource[Prefix.Length..])
            ? new PipeName(found.Account, found.Region, found.Resource[Prefix.Length..])
            : null;

    public static bool IsName(string text) =>
        text.Length is > 0 and <= NameLengthMax && !text.AsSpan().ContainsAnyExcept(InName);
}
