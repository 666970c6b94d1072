namespace Weir.WireTests.Crash;

/// <summary>
/// What a client knows of a request it made. Unknown is what it is: a connection that broke tells neither that the
/// server did it nor that it did not, and is never counted as either.
/// </summary>
public enum Outcome
{
    Ok,
    Failed,
    Unknown,
}

/// <summary>When a client began to ask and when it had its answer, on one counter for all clients.</summary>
public readonly record struct Span(long Began, long Ended);

/// <summary>One try to send a message. A FIFO message is tried until it is acknowledged.</summary>
/// <param name="Key">The body: it names the message on all its ways.</param>
public sealed record SendFact(string Key, Outcome Outcome);

/// <summary>One message as it came in an answer to a receive.</summary>
public sealed record DeliveredMessage(string Key, string MessageId, int Count);

/// <summary>An answer to a receive that a client has seen. A receive without an answer tells nothing.</summary>
public sealed record ReceiveFact(Span Span, IReadOnlyList<DeliveredMessage> Messages);

/// <summary>One try to delete a message.</summary>
/// <param name="InLease">
/// The answer came before the lease could have ended. Only then was the handle surely the latest one: with an older
/// one SQS accepts the delete and deletes nothing.
/// </param>
public sealed record DeleteFact(string Key, Span Span, Outcome Outcome, bool InLease);

/// <summary>The key of a FIFO message tells its group and its place in it.</summary>
public readonly record struct GroupPlace(string Group, int Index)
{
    private const string Prefix = "fifo/";

    public string Key => $"{Prefix}{Group}/{Index}";

    public static GroupPlace? Of(string key)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = key.Split('/');
        return new GroupPlace(parts[1], int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
