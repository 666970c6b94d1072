using System.Buffers;
using Weir.Engine;

namespace Weir.Protocols.Aws;

/// <summary>The rules for topic names.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
internal static class TopicNameText
{
    private const int LengthMax = 256;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length > LengthMax) return false;
        if (name.EndsWith(QueueName.FifoSuffix, StringComparison.Ordinal)) name = name[..^QueueName.FifoSuffix.Length];
        return !name.IsEmpty && !name.ContainsAnyExcept(Allowed);
    }
}
