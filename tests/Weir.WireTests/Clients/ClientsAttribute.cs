using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Weir.WireTests.Clients;

/// <summary>Runs a behaviour through one client of each protocol: AWSSDK.SQS (JSON) and boto3 (Query).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothProtocolsAttribute() : ClientsAttribute(ClientKinds.DotNet, ClientKinds.Boto3);

/// <summary>Runs a behaviour through the clients that are libraries: a call costs them no process.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryLibraryAttribute() : ClientsAttribute(
    ClientKinds.DotNet, ClientKinds.Boto3, ClientKinds.Node);

/// <summary>Runs a behaviour through all four clients.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryClientAttribute() : ClientsAttribute(
    ClientKinds.DotNet, ClientKinds.Boto3, ClientKinds.CommandLine, ClientKinds.Node);

/// <summary>Runs a behaviour of other services than SQS through the clients that have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryServiceClientAttribute() : ClientsAttribute(
    ClientKinds.Boto3, ClientKinds.CommandLine, ClientKinds.Node);

/// <summary>The data of a theory over clients: their names in the table.</summary>
public abstract class ClientsAttribute(params string[] kinds) : DataAttribute
{
    public IReadOnlyList<string> Kinds { get; } = kinds;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Kinds.Select(kind => new TheoryDataRow<string>(kind))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
