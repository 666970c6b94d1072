namespace Weir.Server.Hosting;

/// <summary>The topology that the options name cannot be applied, so the server does not start.</summary>
internal sealed class TopologyException(string message) : Exception(message);
