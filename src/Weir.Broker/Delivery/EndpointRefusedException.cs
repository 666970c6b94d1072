namespace Weir.Broker.Delivery;

/// <summary>The connection would go where Weir does not. Only an exception leaves a connect callback.</summary>
internal sealed class EndpointRefusedException(string message) : Exception(message);
