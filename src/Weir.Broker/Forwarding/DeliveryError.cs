using Weir.Engine;

namespace Weir.Broker.Forwarding;

/// <summary>Why something did not reach where it was to go, as a dead letter tells it.</summary>
/// <param name="Code">Upper case, as Amazon EventBridge names such reasons.</param>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
public sealed record DeliveryError(string Code, string Message)
{
    public static DeliveryError NoResource(string message) => new("NO_RESOURCE", message);

    public static DeliveryError Invalid(string message) => new("INVALID_PARAMETER", message);

    public static DeliveryError Of(Fault fault) =>
        fault.Code is FaultCode.QueueNotFound or FaultCode.ResourceNotFound
            ? NoResource(fault.Message)
            : Invalid(fault.Message);
}
