using Weir.Broker.Pipes;
using Weir.Broker.Targets;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Pipes;

/// <summary>Reads what CreatePipe and UpdatePipe say of a pipe.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html
internal static class PipeInput
{
    private const int DescriptionLengthMax = 512;
    private const int WindowSecondsMax = 300;
    private const int ResourcesMax = 10;

    /// <summary>The pipe that the path names; null with the fault noted.</summary>
    public static PipeName? Name(AwsCall call)
    {
        var name = call.Input[PipeMembers.Name].Text();
        if (call.Fault is not null) return null;
        if (name is not null && PipeArn.IsName(name))
            return new PipeName(call.Identity.Account, call.Identity.Region, name);
        call.Refuse(PipeErrors.Invalid("The name of a pipe is of 1 to 64 letters, digits, '.', '-' and '_'."));
        return null;
    }

    /// <summary>Changes a pipe as the request says; what it does not mention stays.</summary>
    /// <returns>Null with the fault noted.</returns>
    public static PipeConfig? Apply(AwsCall call, PipeConfig pipe)
    {
        var input = call.Input;
        var description = input[PipeMembers.Description].Text();
        var role = input[PipeMembers.RoleArn].Text();
        var state = input[PipeMembers.DesiredState].Text();
        if (call.Fault is not null || IsUnserved(call)) return null;
        if (description?.Length > DescriptionLengthMax)
            return Refuse(call, $"Description is longer than {DescriptionLengthMax} characters.");
        if (state is not (null or "RUNNING" or "STOPPED"))
            return Refuse(call, "DesiredState is RUNNING or STOPPED.");
        if (string.IsNullOrEmpty(role)) return Refuse(call, "RoleArn is missing.");
        var changed = pipe with
        {
            Description = description ?? pipe.Description,
            RoleArn = role,
            IsStopped = state is null ? pipe.IsStopped : state == "STOPPED",
        };
        if (ApplySource(call, changed) is not { } withSource) return null;
        if (PipeEnrichment.Apply(call, withSource) is not { } enriched) return null;
        if (ApplyTarget(call, enriched) is not { } whole) return null;
        if (whole.Enrichment is not null && whole.BatchSize > 1)
            return Refuse(call, "With an enrichment BatchSize must be 1, since API destinations take one at a time.");
        return whole.Check() is { } fault ? Refuse(call, fault.Message) : whole;
    }

    private static PipeConfig? ApplySource(AwsCall call, PipeConfig pipe)
    {
        var parameters = call.Input[PipeMembers.SourceParameters];
        if (parameters.IsAbsent) return pipe;
        if (Unknown(parameters, PipeMembers.SqsQueueParameters, PipeMembers.FilterCriteria) is { } unknown)
            return Unserved(call, $"SourceParameters.{unknown}", "the source of a pipe is a queue.");
        var queue = parameters[PipeMembers.SqsQueueParameters];
        if (!queue.IsAbsent)
        {
            var size = queue[PipeMembers.BatchSize].Integer() ?? PipeConfig.BatchSizeMax;
            var window = queue[PipeMembers.Window].Integer() ?? 0;
            if (call.Fault is not null) return null;
            if (size is < 1 or > PipeConfig.BatchSizeMax)
            {
                return Refuse(call, $"BatchSize is from 1 to {PipeConfig.BatchSizeMax}, which is as much as queues, "
                    + "topics and event buses take at once.");
            }

            if (window is < 0 or > WindowSecondsMax)
                return Refuse(call, $"MaximumBatchingWindowInSeconds is from 0 to {WindowSecondsMax}.");
            pipe = pipe with { BatchSize = size, WindowSeconds = window };
        }

        var criteria = parameters[PipeMembers.FilterCriteria];
        if (criteria.IsAbsent) return pipe;
        var filters = new List<string>();
        foreach (var filter in criteria[PipeMembers.Filters].Items())
        {
            if (filter[PipeMembers.Pattern].Text() is { Length: > 0 } pattern) filters.Add(pattern);
        }

        if (call.Fault is not null) return null;
        return filters.Count > PipeConfig.FiltersMax
            ? Refuse(call, $"A pipe has at most {PipeConfig.FiltersMax} filters.")
            : pipe with { Filters = filters };
    }

    private static PipeConfig? ApplyTarget(AwsCall call, PipeConfig pipe)
    {
        var parameters = call.Input[PipeMembers.TargetParameters];
        if (parameters.IsAbsent) return pipe;
        if (Unknown(parameters, PipeMembers.InputTemplate, PipeMembers.SqsQueueParameters, PipeMembers.BusParameters)
            is { } unknown)
        {
            return Unserved(call, $"TargetParameters.{unknown}", "a pipe leads to a queue, a topic or an event bus.");
        }

        var template = parameters[PipeMembers.InputTemplate];
        var (queue, bus) = (parameters[PipeMembers.SqsQueueParameters], parameters[PipeMembers.BusParameters]);
        var text = template.Text();
        if (!template.IsAbsent) pipe = pipe with { TargetTemplate = string.IsNullOrEmpty(text) ? null : text };
        if (!queue.IsAbsent)
        {
            if (pipe.Target.Queue is null) return Refuse(call, "SqsQueueParameters are for a target that is a queue.");
            pipe = pipe with
            {
                Target = pipe.Target with
                {
                    GroupId = queue[PipeMembers.MessageGroupId].Text(),
                    DeduplicationId = queue[PipeMembers.MessageDeduplicationId].Text(),
                },
            };
        }

        if (bus.IsAbsent) return call.Fault is null ? pipe : null;
        if (pipe.Target.Bus is null)
            return Refuse(call, "EventBridgeEventBusParameters are for a target that is an event bus.");
        return ReadBus(call, bus, pipe.Target) is { } target ? pipe with { Target = target } : null;
    }

    private static Destination? ReadBus(AwsCall call, InputValue bus, Destination target)
    {
        var (source, type) = (bus[PipeMembers.EventSource].Text(), bus[PipeMembers.DetailType].Text());
        var resources = new List<string>();
        foreach (var item in bus[PipeMembers.Resources].Items())
        {
            if (item.Text() is { } resource) resources.Add(resource);
        }

        var unserved = !bus[PipeMembers.EndpointId].IsAbsent ? "EndpointId"
            : !bus[PipeMembers.Time].IsAbsent ? "Time"
            : null;
        if (call.Fault is not null) return null;
        if (unserved is not null)
        {
            call.Refuse(PipeErrors.Unserved(
                $"EventBridgeEventBusParameters.{unserved}",
                "it has no global endpoints, and an event has the time at which it came to the bus."));
            return null;
        }

        if (resources.Count > ResourcesMax || source?.StartsWith("aws.", StringComparison.Ordinal) == true)
        {
            call.Refuse(PipeErrors.Invalid(
                $"An event has at most {ResourcesMax} resources, and its source does not begin with 'aws.'."));
            return null;
        }

        return target with
        {
            Source = source ?? target.Source,
            DetailType = type ?? target.DetailType,
            Resources = resources.Count == 0 ? null : resources,
        };
    }

    private static bool IsUnserved(AwsCall call)
    {
        var key = call.Input[PipeMembers.KmsKeyIdentifier].Text();
        var logs = call.Input[PipeMembers.LogConfiguration][PipeMembers.Level].Text();
        if (!string.IsNullOrEmpty(key))
            call.Refuse(PipeErrors.Unserved("KmsKeyIdentifier", "it encrypts nothing itself."));
        else if (logs is not (null or "OFF"))
            call.Refuse(PipeErrors.Unserved("LogConfiguration", "its own log tells what a pipe could not pass on."));
        return call.Fault is not null;
    }

    /// <summary>The first member that is none of those that are known.</summary>
    private static string? Unknown(InputValue parameters, params Member[] known)
    {
        foreach (var entry in parameters.Entries(PipeMembers.TargetParameters))
        {
            if (!known.Any(member => member.Name == entry.Name)) return entry.Name;
        }

        return null;
    }

    private static PipeConfig? Refuse(AwsCall call, string message)
    {
        call.Refuse(PipeErrors.Invalid(message));
        return null;
    }

    private static PipeConfig? Unserved(AwsCall call, string member, string reason)
    {
        call.Refuse(PipeErrors.Unserved(member, reason));
        return null;
    }
}
