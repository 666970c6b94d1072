using Weir.Broker.Pipes;
using Weir.Broker.Targets;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes;

/// <summary>Finds where a pipe is to lead.</summary>
internal static class PipeTarget
{
    /// <summary>What the target's ARN names; null with the fault noted.</summary>
    public static Destination? Find(AwsCall call, PipeName pipe)
    {
        var arn = call.Input[PipeMembers.Target].Text() ?? "";
        var problem = (string?)null;
        var found = call.Fault is null ? DestinationArns.Parse(call, arn, out problem) : null;
        if (problem is null && found?.Topic is { HasFifoSuffix: true })
            problem = $"{arn}: a FIFO topic needs a message group, which a pipe cannot give.";
        if (problem is not null) call.Refuse(PipeErrors.Invalid(problem));
        if (call.Fault is not null) return null;
        return found!.Bus is null
            ? found
            : found with { Source = $"Pipe {pipe.Name}", DetailType = "Event from aws:sqs" };
    }

    /// <summary>Why the pipe would pass nothing on as it is; null when it would.</summary>
    public static async ValueTask<AwsError?> CheckAsync(AwsCall call, PipeConfig pipe)
    {
        if (pipe.Target.Queue == pipe.Source)
            return PipeErrors.Invalid("A pipe cannot lead back to its own source.");
        var source = await call.Broker.ExecuteAsync(new GetQueueCommand(pipe.Source));
        if (!source.IsOk) return Missing(source.Fault);
        if (await PipeEnrichment.CheckAsync(call, pipe) is { } wrong) return wrong;
        return await DestinationArns.CheckAsync(call, pipe.Target) is { } fault ? Missing(fault) : null;
    }

    private static AwsError Missing(Fault fault) =>
        fault.Code is FaultCode.ResourceNotFound or FaultCode.QueueNotFound
            ? PipeErrors.NotFound(fault.Message)
            : PipeErrors.From(fault);
}
