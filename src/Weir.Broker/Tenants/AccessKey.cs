using Weir.Broker.Access;

namespace Weir.Broker.Tenants;

/// <summary>A credential that clients sign with; its account is the tenant they act for.</summary>
/// <param name="Id">What a client sends in clear, for example <c>AKIDEXAMPLE</c>.</param>
/// <param name="Secret">What it signs with; never sent, never logged.</param>
/// <param name="Account">Twelve digits.</param>
public sealed record AccessKey(string Id, string Secret, string Account)
{
    /// <summary>The account of those who name none.</summary>
    public const string AnyAccount = "000000000000";

    /// <summary>Null: the account itself, which may do everything in it.</summary>
    public string? User { get; init; }

    /// <summary>True: it may use the admin API, for all tenants.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>What it may do. None: all that its account may.</summary>
    public IReadOnlyList<Policy> Policies { get; init; } = [];

    /// <summary>Who signs with it, as policies name them.</summary>
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    public string Arn => User is null ? $"arn:aws:iam::{Account}:root" : $"arn:aws:iam::{Account}:user/{User}";

    public override string ToString() => $"{Id} ({Arn})";

    public static bool IsAccount(ReadOnlySpan<char> text) =>
        text.Length == AnyAccount.Length && !text.ContainsAnyExceptInRange('0', '9');
}
