using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Schedules;
using Weir.Broker.Targets;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Scheduler;

/// <summary>
/// Finds what a schedule sends where. What Weir has not, and what is not there, is refused when it is put, because
/// messages would otherwise be lost without a word.
/// </summary>
internal static class TargetMessages
{
    /// <summary>The schedule with its messages and its dead-letter queue.</summary>
    public static async ValueTask<(ScheduleConfig? Config, AwsError? Error)> ResolveAsync(
        AwsCall call, ScheduleConfig config)
    {
        var found = config.Target.Arn.StartsWith(UniversalTarget.Prefix, StringComparison.Ordinal)
            ? UniversalTarget.Read(call, config.Target)
            : Templated(call, config.Target);
        if (!found.IsOk) return (null, ScheduleErrors.From(found.Fault));
        foreach (var message in found.Value)
        {
            if (Wrong(message) is { } wrong) return (null, ScheduleErrors.Invalid(wrong));
            if (await CheckAsync(call, message.Destination) is { } fault)
                return (null, ScheduleErrors.Invalid($"Target {config.Target.Arn}: {fault.Message}"));
        }

        var (target, error) = await TargetReader.WithDeadLettersAsync(call, config.Target);
        return (target is null ? null : config with { Target = target, Messages = found.Value }, error);
    }

    /// <summary>An event's detail is a JSON object, with or without attributes of the moment in its texts.</summary>
    public static bool IsDetail(string text) => JsonText.ParseObject(text) is JsonObject;

    private static Outcome<IReadOnlyList<ScheduledMessage>> Templated(AwsCall call, ScheduleTarget target)
    {
        if (DestinationArns.Parse(call, target.Arn, out var problem) is not { } destination) return Invalid(problem!);
        if (target.GroupId is not null && destination.Queue is null)
            return Invalid("SqsParameters are for a target that is a queue.");
        if ((target.Source is not null || target.DetailType is not null) && destination.Bus is null)
            return Invalid("EventBridgeParameters are for a target that is an event bus.");
        if (destination.Bus is not null && (target.Source is null || target.DetailType is null))
            return Invalid("An event bus as target needs EventBridgeParameters with Source and DetailType.");
        destination = destination with
        {
            GroupId = target.GroupId, Source = target.Source, DetailType = target.DetailType,
        };
        var body = destination.Bus is null ? target.Input : target.Input ?? "{}";
        return new ScheduledMessage[] { new() { Destination = destination, Body = body } };
    }

    private static string? Wrong(ScheduledMessage message) =>
        message.Body is { } body && !MessageText.IsAllowed(Encoding.UTF8.GetBytes(body))
            ? AwsErrors.InvalidMessageContents.Message
        : message is { Destination.Bus: not null, Body: { } detail } && !IsDetail(detail)
            ? "What goes to an event bus is the detail of an event, hence a JSON object."
            : null;

    private static async ValueTask<Fault?> CheckAsync(AwsCall call, Destination destination)
    {
        if (await DestinationArns.CheckAsync(call, destination) is { } fault) return fault;
        if (destination.Topic is not { HasFifoSuffix: true } topic) return null;
        if (destination.GroupId is null)
        {
            return Invalid("A FIFO topic needs a MessageGroupId, which "
                + "arn:aws:scheduler:::aws-sdk:sns:publish can give.");
        }

        var found = await call.Backend.Topics.GetAsync(topic);
        return found.IsOk && destination.DeduplicationId is null && !found.Value.Config.ContentBasedDeduplication
            ? Invalid("The FIFO topic needs ContentBasedDeduplication, or the target a MessageDeduplicationId.")
            : found.Fault;
    }

    private static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
