namespace Weir.Protocols.Rest;

/// <summary>Why a request is not served, as RFC 9457 has it.</summary>
/// <param name="Type">The last part of the problem's URN; clients match on it, so it never changes.</param>
/// <param name="Detail">What is wrong with this request, and what to do.</param>
// https://www.rfc-editor.org/rfc/rfc9457
internal sealed record Problem(int Status, string Type, string Title, string Detail)
{
    public const string ContentType = "application/problem+json";
    public const string UrnPrefix = "urn:weir:problem:";

    /// <summary>When the same request may succeed, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>True: the caller is told how to say who they are.</summary>
    public bool IsChallenge { get; init; }

    /// <summary>The methods that are served where this one is not.</summary>
    public string? Allow { get; init; }
}
