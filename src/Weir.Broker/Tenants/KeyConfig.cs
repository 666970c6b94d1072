namespace Weir.Broker.Tenants;

/// <summary>What is kept of an access key; its id names it.</summary>
public sealed record KeyConfig
{
    public const int UserLengthMax = 64;

    /// <summary>Policies of a key.</summary>
    public const int PoliciesMax = 10;

    /// <summary>Twelve digits: the tenant.</summary>
    public required string Account { get; init; }

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 + = , . @ _ -</c>; null: the account itself.</summary>
    public string? User { get; init; }

    public required string SealedSecret { get; init; }

    public bool IsAdmin { get; init; }

    /// <summary>True: as if it were not there.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>JSON of what it may do; null or none: all that its account may.</summary>
    public IReadOnlyList<string>? Policies { get; init; }

    public long CreatedUnixMs { get; init; }

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    public static bool IsUser(string text) => text.Length is > 0 and <= UserLengthMax
        && text.All(one => char.IsAsciiLetterOrDigit(one) || "+=,.@_-".Contains(one, StringComparison.Ordinal));
}
