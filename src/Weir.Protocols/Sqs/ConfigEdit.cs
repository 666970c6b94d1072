using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs;

/// <summary>
/// Changes a queue's configuration depending on what it is, without a lock: the engine refuses the change when the
/// configuration moved on since it was read, and then it is read and judged again.
/// </summary>
internal static class ConfigEdit
{
    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    public static async ValueTask<AwsError?> ApplyAsync(
        AwsCall call, QueueName queue, Func<QueueConfig, (QueueConfigPatch? Patch, AwsError? Error)> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
            if (!read.IsOk) return SqsErrors.From(read.Fault, call.Dialect);
            var (patch, error) = edit(read.Value.Config);
            if (patch is null) return error;
            var command = new ConfigureQueueCommand(queue, patch, read.Value.Revision);
            var done = await call.Broker.ExecuteAsync(command);
            if (done.IsOk) return null;
            if (done.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax)
                return SqsErrors.From(done.Fault, call.Dialect);
        }
    }

    /// <summary>Sets the queue's policy, or removes it (null).</summary>
    public static QueueConfigPatch SetPolicy(string? policy)
    {
        var empty = QueueConfigPatch.Empty;
        return empty with { Opaque = empty.Opaque.SetItem(AttributeName.Policy, policy) };
    }
}
