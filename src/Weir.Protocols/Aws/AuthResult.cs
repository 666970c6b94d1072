namespace Weir.Protocols.Aws;

/// <summary>The identity of a request, or the error that it is to be answered with.</summary>
public readonly record struct AuthResult(AwsIdentity Identity, AwsError? Error)
{
    public static implicit operator AuthResult(AwsIdentity identity) => new(identity, null);

    public static implicit operator AuthResult(AwsError error) => new(default, error);

    public static AuthResult FromAwsIdentity(AwsIdentity identity) => identity;

    public static AuthResult FromAwsError(AwsError error) => error;
}
