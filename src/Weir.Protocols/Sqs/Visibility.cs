using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs;

/// <summary>The range of visibility timeouts: up to twelve hours.</summary>
internal static class Visibility
{
    private const int SecondsMax = 43_200;

    public static AwsError? Check(int? seconds) => seconds is < 0 or > SecondsMax
        ? AwsErrors.InvalidParameter(
            SqsMembers.VisibilityTimeout.Name, seconds, $"VisibilityTimeout must be >= 0 and <= {SecondsMax}.")
        : null;
}
