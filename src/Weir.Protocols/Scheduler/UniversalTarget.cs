using System.Text.Json.Nodes;
using Weir.Broker.Buses;
using Weir.Broker.Schedules;
using Weir.Broker.Targets;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Scheduler;

/// <summary>
/// A call of another service's API as target, <c>arn:aws:scheduler:::aws-sdk:service:operation</c>, whose parameters
/// are the input. Served are the three that send something.
/// </summary>
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
internal static class UniversalTarget
{
    public const string Prefix = "arn:aws:scheduler:::aws-sdk:";

    /// <summary>Of PutEvents.</summary>
    private const int EntriesMax = 10;

    public static Outcome<IReadOnlyList<ScheduledMessage>> Read(AwsCall call, ScheduleTarget target)
    {
        if (target.GroupId is not null || target.Source is not null || target.DetailType is not null)
            return Invalid("SqsParameters and EventBridgeParameters are for templated targets; here Input says it.");
        var name = target.Arn[Prefix.Length..];
        if (name is not ("sqs:sendMessage" or "sns:publish" or "eventbridge:putEvents"))
        {
            return Invalid($"Weir does not serve the target {target.Arn}: it calls sqs:sendMessage, sns:publish and "
                + "eventbridge:putEvents.");
        }

        if (target.Input is null || JsonText.ParseObject(target.Input) is not { } input)
            return Invalid($"Input must be a JSON object with the parameters of {name}.");
        if (name == "eventbridge:putEvents") return Events(call, input);
        var message = name == "sqs:sendMessage" ? ToQueue(call, input) : ToTopic(call, input);
        return message.IsOk ? new ScheduledMessage[] { message.Value } : message.Fault;
    }

    private static Outcome<ScheduledMessage> ToQueue(AwsCall call, JsonObject input)
    {
        if (Unknown(input, "QueueUrl", "MessageBody", "MessageGroupId", "MessageDeduplicationId") is { } unknown)
            return Unserved(unknown);
        if (QueueOf(call, JsonText.String(input["QueueUrl"])) is not { } queue)
            return Invalid("QueueUrl is no URL of a queue of this account.");
        if (JsonText.String(input["MessageBody"]) is not { Length: > 0 } body)
            return Invalid("MessageBody is missing.");
        return new ScheduledMessage
        {
            Destination = new Destination
            {
                Queue = queue,
                GroupId = JsonText.String(input["MessageGroupId"]),
                DeduplicationId = JsonText.String(input["MessageDeduplicationId"]),
            },
            Body = body,
        };
    }

    private static Outcome<ScheduledMessage> ToTopic(AwsCall call, JsonObject input)
    {
        string[] known = ["TopicArn", "TargetArn", "Message", "Subject", "MessageGroupId", "MessageDeduplicationId"];
        if (Unknown(input, known) is { } unknown) return Unserved(unknown);
        var arn = JsonText.String(input["TopicArn"]) ?? JsonText.String(input["TargetArn"]) ?? "";
        if (DestinationArns.Parse(call, arn, out var problem) is not { Topic: not null } destination)
            return Invalid(problem ?? $"{arn} is no ARN of a topic.");
        if (JsonText.String(input["Message"]) is not { Length: > 0 } body) return Invalid("Message is missing.");
        return new ScheduledMessage
        {
            Destination = destination with
            {
                Subject = JsonText.String(input["Subject"]),
                GroupId = JsonText.String(input["MessageGroupId"]),
                DeduplicationId = JsonText.String(input["MessageDeduplicationId"]),
            },
            Body = body,
        };
    }

    private static Outcome<IReadOnlyList<ScheduledMessage>> Events(AwsCall call, JsonObject input)
    {
        if (Unknown(input, "Entries") is { } unknown) return Unserved(unknown);
        if (input["Entries"] is not JsonArray { Count: >= 1 and <= EntriesMax } entries)
            return Invalid($"Entries are 1 to {EntriesMax} events.");
        var messages = new List<ScheduledMessage>();
        foreach (var entry in entries)
        {
            var read = entry is JsonObject one ? Event(call, one) : Invalid("An entry is a JSON object.");
            if (!read.IsOk) return read.Fault;
            messages.Add(read.Value);
        }

        return messages;
    }

    private static Outcome<ScheduledMessage> Event(AwsCall call, JsonObject entry)
    {
        if (Unknown(entry, "Source", "DetailType", "Detail", "EventBusName", "Resources") is { } unknown)
            return Unserved(unknown);
        if (JsonText.String(entry["Source"]) is not { Length: > 0 } source
            || source.StartsWith("aws.", StringComparison.Ordinal)
            || JsonText.String(entry["DetailType"]) is not { Length: > 0 } type
            || JsonText.String(entry["Detail"]) is not { } detail)
            return Invalid("An entry needs Source, which does not begin with 'aws.', DetailType and Detail.");
        var name = JsonText.String(entry["EventBusName"]) ?? BusName.Default;
        var bus = BusArn.Parse(name) ?? new BusName(call.Identity.Account, call.Identity.Region, name);
        if ((bus.Account, bus.Region) != (call.Identity.Account, call.Identity.Region))
            return Invalid($"{name} is in another account or region than the request's credentials.");
        return new ScheduledMessage
        {
            Destination = new Destination
            {
                Bus = bus,
                Source = source,
                DetailType = type,
                Resources = entry["Resources"] is JsonArray resources
                    ? [.. resources.Select(JsonText.String).OfType<string>()]
                    : null,
            },
            Body = detail,
        };
    }

    /// <summary>The queue that a URL's path names, whatever host it was made for.</summary>
    private static QueueName? QueueOf(AwsCall call, string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed)) return null;
        var parts = parsed.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is [.., var account, var name] && account == call.Identity.Account && QueueNameText.IsValid(name)
            ? new QueueName(account, call.Identity.Region, name)
            : null;
    }

    private static string? Unknown(JsonObject input, params string[] known) =>
        input.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name));

    private static Fault Unserved(string member) =>
        Invalid($"Weir does not serve {member} in the Input of a schedule's universal target.");

    private static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
