using System.Buffers;
using Weir.Engine;

namespace Weir.Protocols.Aws;

/// <summary>The rules for queue names.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
internal static class QueueNameText
{
    private const int LengthMax = 80;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static AwsError InvalidStandard { get; } = AwsErrors.InvalidParameter(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");

    public static AwsError InvalidFifo { get; } = AwsErrors.InvalidParameter(
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with "
        + ".fifo suffix and be 1 to 80 in length.");

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length > LengthMax) return false;
        if (name.EndsWith(QueueName.FifoSuffix, StringComparison.Ordinal)) name = name[..^QueueName.FifoSuffix.Length];
        return !name.IsEmpty && !name.ContainsAnyExcept(Allowed);
    }

    /// <summary>Batch entry ids and permission labels are of the same characters and length.</summary>
    public static bool IsValidLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LengthMax && !text.ContainsAnyExcept(Allowed);
}
