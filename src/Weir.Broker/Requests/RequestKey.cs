using Weir.Engine;

namespace Weir.Broker.Requests;

/// <summary>What makes a request that is sent again the same request.</summary>
/// <param name="Text">1 to 255 characters, the caller's own choice.</param>
/// <param name="Digest">SHA-256 of what was sent; the same key with another digest is refused.</param>
public sealed record RequestKey(string Text, ReadOnlyMemory<byte> Digest);

/// <summary>What was taken in.</summary>
/// <param name="Messages">One for each message of the request.</param>
/// <param name="IsReplay">True when an earlier request of the same key did it.</param>
public sealed record Acceptance(IReadOnlyList<AcceptedMessage> Messages, bool IsReplay);

/// <param name="MessageId">As the queue, topic or bus gave it; of a FIFO duplicate the first one's.</param>
/// <param name="Count">Queues that have it.</param>
/// <param name="Places">Where it is; the first hundred of each publication that it became.</param>
/// <param name="IsDuplicate">True when a FIFO topic had it already, so that it reached nobody: count and places are the
/// first one's, as far as FIFO queues remember it.</param>
public sealed record AcceptedMessage(
    Guid MessageId, int Count, IReadOnlyList<PlacedMessage> Places, bool IsDuplicate = false);
