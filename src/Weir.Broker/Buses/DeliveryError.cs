using System.Text;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>Why an event did not reach a target, as its dead letter tells it.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
internal sealed record DeliveryError(string Code, string Message)
{
    private const string Text = "String";

    public static DeliveryError NoResource(string message) => new("NO_RESOURCE", message);

    public static DeliveryError Invalid(string message) => new("INVALID_PARAMETER", message);

    /// <summary>Weir's own code: an event that comes to a bus for the second time goes no further.</summary>
    public static DeliveryError Loop(BusName bus) =>
        new("LOOP_DETECTED", $"The event has been on event bus {bus.Name} already.");

    /// <summary>Weir's own code.</summary>
    public static DeliveryError TooManyHops(int max) =>
        new("HOP_LIMIT_EXCEEDED", $"The event has gone from bus to bus {max} times, which is as often as it may.");

    public static DeliveryError Of(Fault fault) =>
        fault.Code == FaultCode.QueueNotFound ? NoResource(fault.Message) : Invalid(fault.Message);

    public IReadOnlyList<MessageAttribute> Describe(TargetRoute route) =>
    [
        Attribute("RULE_ARN", route.Rule.Arn),
        Attribute("TARGET_ARN", route.Target.Arn),
        Attribute("ERROR_CODE", Code),
        Attribute("ERROR_MESSAGE", Message),
    ];

    private static MessageAttribute Attribute(string name, string value) =>
        new(name, Text, Encoding.UTF8.GetBytes(value));
}
