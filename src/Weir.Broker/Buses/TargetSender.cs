using System.Text;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>An event's way to a rule's target. The dead-letter queue gets the event, whatever the target would have
/// got, and why.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
internal sealed class TargetSender(TargetRoute route, BusEvent busEvent) : Sender
{
    private const string Text = "String";

    public override QueueName? DeadLetterQueue => route.Target.DeadLetterQueue;

    public override MessageContent DeadLetter(DeliveryError error) => busEvent.ToContent(busEvent.Json) with
    {
        Attributes =
        [
            Attribute("RULE_ARN", route.Rule.Arn),
            Attribute("TARGET_ARN", route.Target.Arn),
            Attribute("ERROR_CODE", error.Code),
            Attribute("ERROR_MESSAGE", error.Message),
        ],
    };

    public override string ToString() =>
        $"Rule {route.Rule.Arn}, event {busEvent.Id} for target {route.Target.Arn}";

    private static MessageAttribute Attribute(string name, string value) =>
        new(name, Text, Encoding.UTF8.GetBytes(value));
}
