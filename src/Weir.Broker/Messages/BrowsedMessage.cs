using Weir.Engine;

namespace Weir.Broker.Messages;

/// <summary>A message that was looked at where it lies, with its content.</summary>
public sealed record BrowsedMessage(StoredMessage Stored, MessageContent Content);
