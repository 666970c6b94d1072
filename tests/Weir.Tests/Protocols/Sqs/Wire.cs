namespace Weir.Tests.Protocols.Sqs;

/// <summary>The two protocols that every operation is driven over.</summary>
public enum Wire
{
    Json,
    Query,
}
