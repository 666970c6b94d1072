using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Pipes;

/// <summary>Makes of a queue's messages the events of a pipe, as a receiver of the queue would see them.</summary>
internal sealed class PipeRecords(NotificationSigner signer, string baseUrl)
{
    public async ValueTask<Outcome<ReadOnlyMemory<byte>>> WriteAsync(QueueName queue, ReceivedMessage message)
    {
        if (message.Lease.Via == Guid.Empty || message.Content.Notification is null)
            return PipeRecord.Write(queue, message, null);
        var key = await signer.GetKeyAsync();
        return key.IsOk
            ? PipeRecord.Write(queue, message, new NotificationEnvelope(signer, key.Value, baseUrl))
            : key.Fault;
    }
}
