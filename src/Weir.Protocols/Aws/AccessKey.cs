namespace Weir.Protocols.Aws;

/// <summary>A credential that clients sign with; its account is the tenant they act for.</summary>
/// <param name="Id">What a client sends in clear, for example <c>AKIDEXAMPLE</c>.</param>
/// <param name="Secret">What it signs with; never sent, never logged.</param>
/// <param name="Account">Twelve digits.</param>
public sealed record AccessKey(string Id, string Secret, string Account)
{
    public const string AnyAccount = "000000000000";

    public override string ToString() => $"{Id} (account {Account})";

    public static bool IsAccount(ReadOnlySpan<char> text) =>
        text.Length == AnyAccount.Length && !text.ContainsAnyExceptInRange('0', '9');
}
