using System.Buffers;
using Weir.Broker.Access;
using Weir.Broker.Buses;

namespace Weir.Protocols.Aws;

/// <summary>ARNs of event buses: <c>arn:aws:events:region:account:event-bus/name</c>.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
internal static class BusArn
{
    public const int NameLengthMax = 256;
    private const string Prefix = "event-bus/";

    private static readonly SearchValues<char> InName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    public static string Write(BusName bus) => ResourceArn.Of(bus);

    public static BusName? Parse(string arn) =>
        Arn.Parse(arn, "events") is { } found && found.Resource.StartsWith(Prefix, StringComparison.Ordinal)
            && IsName(found.Resource[Prefix.Length..])
            ? new BusName(found.Account, found.Region, found.Resource[Prefix.Length..])
            : null;

    public static bool IsName(string text) =>
        text.Length is > 0 and <= NameLengthMax && !text.AsSpan().ContainsAnyExcept(InName);
}
