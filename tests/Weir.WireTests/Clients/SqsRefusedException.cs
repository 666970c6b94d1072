namespace Weir.WireTests.Clients;

/// <summary>An error answer as a client surfaced it to its caller.</summary>
/// <param name="code">
/// <c>ErrorCode</c> in .NET, <c>e.response['Error']['Code']</c> in Python, what stands in brackets on the command line.
/// </param>
/// <param name="shape">The class of the exception, by the name of the service model; null where there is none.</param>
/// <param name="status">The HTTP status; null where the client does not tell it.</param>
public sealed class SqsRefusedException(string code, string? shape, int? status, string message)
    : Exception($"{code} ({shape}, {status}): {message}")
{
    public string Code { get; } = code;

    public string? Shape { get; } = shape;

    public int? Status { get; } = status;

    public string Reason { get; } = message;
}
