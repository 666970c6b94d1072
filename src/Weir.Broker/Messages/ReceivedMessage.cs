using Weir.Engine;

namespace Weir.Broker.Messages;

/// <summary>A leased message with its content.</summary>
public sealed record ReceivedMessage(LeasedMessage Lease, MessageContent Content);
