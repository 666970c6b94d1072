using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>Runs a test over both protocols.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OverBothWiresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Wire>(Wire.Json), new TheoryDataRow<Wire>(Wire.Query)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
