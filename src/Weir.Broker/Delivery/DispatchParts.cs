using Microsoft.Extensions.Logging;

namespace Weir.Broker.Delivery;

/// <summary>What all routes of a dispatcher work with.</summary>
internal sealed record DispatchParts(
    Broker Broker,
    PushOptions Options,
    DeliveryGate Gate,
    PushCall Call,
    Settlement Settlement,
    TimeProvider Time,
    ILogger Logger);
