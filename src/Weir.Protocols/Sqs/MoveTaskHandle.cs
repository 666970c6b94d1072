using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs;

/// <summary>Names a move task to the client: base64url of <c>task id | source ARN</c>.</summary>
internal static class MoveTaskHandle
{
    private const char Separator = '|';

    public static string Write(Guid taskId, QueueName source) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{taskId}{Separator}{QueueArn.Write(source)}"));

    public static (Guid TaskId, QueueName Source)? Parse(string handle)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(handle.Length)];
        if (Base64Url.DecodeFromChars(handle, bytes, out _, out var length) != OperationStatus.Done) return null;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var separator = text.IndexOf(Separator, StringComparison.Ordinal);
        return separator > 0 && Guid.TryParseExact(text.AsSpan(0, separator), "D", out var taskId)
            && QueueArn.Parse(text.AsSpan(separator + 1)) is { } source
            ? (taskId, source)
            : null;
    }
}
