using System.Globalization;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>A message's number in its FIFO topic: 20 digits, so that texts sort as numbers do.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html
internal static class SequenceText
{
    public static string Write(long sequence) => sequence.ToString("D20", CultureInfo.InvariantCulture);
}
