namespace Weir.Protocols.Rest.Topology;

/// <summary>What is wrong with a document, and where; lines and columns count from 1.</summary>
public sealed record TopologyFault(long Line, long Column, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}
