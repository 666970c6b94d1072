using System.Diagnostics;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Telemetry;

/// <summary>The spans of what is done with messages, as OpenTelemetry's conventions of messaging name them.</summary>
// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
internal static class MessageSpans
{
    /// <summary>A send, publication or settlement; null for other commands and while nobody listens.</summary>
    public static Activity? Start<T>(Command<T> command) => !Tracing.IsOn ? null : command switch
    {
        SendCommand send => Start("send", "send", send.Queue, ActivityKind.Producer, send.Entries.Count,
            send.Entries.Count == 1 ? send.Entries[0].MessageId : null),
        PublishCommand publish => Start("publish", "send", null, ActivityKind.Producer, publish.Count, null),
        DeleteCommand delete => Start("delete", "settle", delete.Queue, ActivityKind.Client, delete.Count, null),
        ChangeVisibilityCommand change => Start(
            "change_visibility", "settle", change.Queue, ActivityKind.Client, change.Count, null),
        _ => null,
    };

    public static Activity? StartReceive(QueueName queue) =>
        Tracing.IsOn ? Start("receive", "receive", queue, ActivityKind.Client, 0, null) : null;

    /// <summary>Links a receive to the sends of what it brought.</summary>
    public static void Received(Activity? span, IReadOnlyList<ReceivedMessage> messages)
    {
        if (span is not { IsAllDataRequested: true }) return;

        // A dispatcher that looks in vain every few seconds is nothing that happened.
        if (messages.Count == 0 && span.ParentSpanId == default)
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        span.SetTag("messaging.batch.message_count", messages.Count);
        if (messages.Count == 1) span.SetTag("messaging.message.id", messages[0].Lease.MessageId.ToString());
        foreach (var message in messages)
        {
            if (TraceHeader.TryRead(message.Content.TraceHeader, out var sent)) span.AddLink(new ActivityLink(sent));
        }
    }

    public static void End(Activity? span, Fault? fault)
    {
        if (fault is not null)
            span?.SetStatus(ActivityStatusCode.Error, fault.Message).SetTag("error.type", $"{fault.Code}");
    }

    // What no user made is the inside of something that has a span of its own.
    private static Activity? Start(
        string name, string kind, QueueName? queue, ActivityKind activity, int count, Guid? messageId)
    {
        if (queue is { IsInternal: true }) return null;
        var span = Tracing.Source.StartActivity(queue is null ? name : $"{name} {queue.Name}", activity);
        if (span is not { IsAllDataRequested: true }) return span;
        Describe(span, name, kind, queue);
        if (count > 0) span.SetTag("messaging.batch.message_count", count);
        if (messageId is { } id) span.SetTag("messaging.message.id", id.ToString());
        return span;
    }

    public static void Describe(Activity? span, string name, string kind, QueueName? queue)
    {
        span?.SetTag("messaging.system", "weir")
            .SetTag("messaging.operation.name", name)
            .SetTag("messaging.operation.type", kind);
        if (queue is not null)
            span?.SetTag("messaging.destination.name", queue.Name).SetTag("weir.tenant", queue.Account);
    }
}
