using Weir.Engine.Definitions;

namespace Weir.Broker.Endpoints;

/// <summary>What names a connection or an API destination in an account and region.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">1 to 64 of <c>A-Z a-z 0-9 . - _</c>.</param>
public sealed record EndpointName(string Account, string Region, string Name)
{
    internal const string DestinationsKind = "api-destination";

    internal ScopeName Connections => new("connection", Account, Region, "");

    internal ScopeName Destinations => new(DestinationsKind, Account, Region, "");

    public override string ToString() => $"{Account}/{Region}/{Name}";
}
