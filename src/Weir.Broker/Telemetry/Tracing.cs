using System.Diagnostics;

namespace Weir.Broker.Telemetry;

/// <summary>Where Weir's spans come from. While nobody listens there are none, and asking is all it costs.</summary>
public static class Tracing
{
    public const string SourceName = "Weir";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>True when somebody listens.</summary>
    public static bool IsOn => Source.HasListeners();
}
