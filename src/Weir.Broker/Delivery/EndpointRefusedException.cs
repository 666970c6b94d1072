namespace Weir.Broker.Delivery;

/// <summary>The connection would have gone where Weir does not go. Only an exception leaves a connect callback.</summary>
internal sealed class EndpointRefusedException(string message) : Exception(message);
