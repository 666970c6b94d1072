using System.Text;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.DeadLetters;

/// <summary>Groups the messages of a dead-letter queue by what they failed of, and leases none.</summary>
public static class FailureSurvey
{
    public const int MessagesMax = 10_000;
    public const int GroupsMax = 200;

    /// <summary>Contents that are looked at.</summary>
    public const long BytesMax = 64 << 20;
    private const int PageMax = 100;
    private const long PageBytesMax = 1 << 20;
    private const string ErrorCode = "ERROR_CODE";
    private const string ErrorMessage = "ERROR_MESSAGE";

    public static async ValueTask<Outcome<FailureReport>> ReadAsync(
        Broker broker, QueueName queue, CancellationToken clientGone)
    {
        var groups = new Dictionary<(string?, string?, bool), FailureGroup>();
        var (lookedAt, bytes, after, isComplete) = (0L, 0L, 0L, true);
        while (true)
        {
            clientGone.ThrowIfCancellationRequested();
            var page = await broker.BrowseAsync(
                new BrowseCommand(queue, after, fromUnixMs: 0, PageMax) { ContentBytesMax = PageBytesMax })
                .ConfigureAwait(false);
            if (!page.IsOk) return page.Fault;
            if (page.Value.Count == 0) break;
            foreach (var message in page.Value) isComplete &= TryAdd(groups, message);
            lookedAt += page.Value.Count;
            after = page.Value[^1].Stored.Sequence;
            bytes += page.Value.Sum(message => (long)message.Stored.Payload.Length);
            if (lookedAt < MessagesMax && bytes < BytesMax) continue;
            isComplete = false;
            break;
        }

        return new FailureReport([.. groups.Values.OrderByDescending(group => group.Count)], lookedAt, isComplete);
    }

    private static bool TryAdd(Dictionary<(string?, string?, bool), FailureGroup> groups, BrowsedMessage message)
    {
        var (stored, content) = message;
        var source = stored.DeadLetterSource?.Name;
        var code = stored.Cause == DeadLetterCause.None ? TextOf(content, ErrorCode) : null;
        var cause = stored.Cause == DeadLetterCause.None ? code : $"{stored.Cause}";
        var key = (source, cause, code is not null);
        if (!groups.TryGetValue(key, out var group))
        {
            if (groups.Count == GroupsMax) return false;
            groups.Add(key, group = new FailureGroup(source, cause, code is not null));
        }

        var sent = DateTimeOffset.FromUnixTimeMilliseconds(stored.SentUnixMs);
        group.Count++;
        if (sent < group.Oldest) group.Oldest = sent;
        if (sent > group.Newest) group.Newest = sent;
        if (code is not null) group.Error = TextOf(content, ErrorMessage) ?? group.Error;
        if (group.Examples.Count < FailureGroup.ExamplesMax) group.Examples.Add(stored.MessageId);
        return true;
    }

    private static string? TextOf(MessageContent content, string name)
    {
        foreach (var attribute in content.Attributes)
        {
            if (attribute.Name == name) return Shortened(Encoding.UTF8.GetString(attribute.Value.Span));
        }

        return null;
    }

    private static string Shortened(string text) =>
        text.Length <= FailureGroup.TextLengthMax ? text : text[..FailureGroup.TextLengthMax];
}
