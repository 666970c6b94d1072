using System.Text.Json;
using Weir.Broker.DeadLetters;
using Weir.Engine;

namespace Weir.Protocols.Rest.Operations;

/// <summary>
/// Tells what the messages of a dead-letter queue failed of, in groups, and how to choose each group.
/// </summary>
internal sealed class ListFailuresOperation : QueueOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/queues/{name}/failures";

    /// <summary>It leases nothing, but tells what a receive would.</summary>
    public override string Permission => "sqs:ReceiveMessage";

    protected override async ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue)
    {
        var report = await FailureSurvey.ReadAsync(call.Broker, queue, call.Context.RequestAborted);
        if (!report.IsOk) return Problems.From(report.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            json.WriteStartArray("groups");
            foreach (var group in report.Value.Groups) Write(json, group);
            json.WriteEndArray();
            json.WriteNumber("lookedAt", report.Value.LookedAt);
            json.WriteBoolean("complete", report.Value.IsComplete);
        });
        return null;
    }

    private static void Write(Utf8JsonWriter json, FailureGroup group)
    {
        json.WriteStartObject();
        json.WriteNumber("count", group.Count);
        if (group.Source is not null) json.WriteString("source", group.Source);
        if (group.Cause is not null) json.WriteString("cause", group.Cause);
        if (group.Error is not null) json.WriteString("error", group.Error);
        json.WriteString("oldest", group.Oldest);
        json.WriteString("newest", group.Newest);
        json.WriteStartArray("examples");
        foreach (var id in group.Examples) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WritePropertyName("where");
        WriteFilter(json, group);
        json.WriteEndObject();
    }

    /// <summary>The filter that chooses the messages of this group and no others.</summary>
    private static void WriteFilter(Utf8JsonWriter json, FailureGroup group)
    {
        json.WriteStartObject();
        WriteTest(json, "source", group.Source);
        WriteTest(json, "cause", group.IsErrorCode ? null : group.Cause);
        if (group.IsErrorCode || group.Cause is null)
        {
            json.WriteStartObject("attributes");
            WriteTest(json, "ERROR_CODE", group.Cause);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTest(Utf8JsonWriter json, string name, string? value)
    {
        json.WriteStartArray(name);
        if (value?.Length == FailureGroup.TextLengthMax)
        {
            json.WriteStartObject();
            json.WriteString("prefix", value);
            json.WriteEndObject();
        }
        else if (value is not null)
        {
            json.WriteStringValue(value);
        }
        else
        {
            json.WriteStartObject();
            json.WriteBoolean("exists", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
