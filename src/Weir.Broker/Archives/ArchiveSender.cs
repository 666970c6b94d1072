using Weir.Broker.Forwarding;
using Weir.Engine;

namespace Weir.Broker.Archives;

/// <summary>A message's way into an archive, which takes all but when it was deleted meanwhile.</summary>
internal sealed class ArchiveSender(QueueName archive) : Sender
{
    public override string ToString() => $"Archive {archive}, a message to be kept";
}
