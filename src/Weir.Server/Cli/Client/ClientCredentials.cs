using System.CommandLine;

namespace Weir.Server.Cli.Client;

/// <summary>Whom a command signs as: the options, else the variables that AWS clients read, else anybody.</summary>
internal sealed record ClientCredentials(string AccessKeyId, string Secret, string? SessionToken, string Region)
{
    public static readonly Option<string?> AccessKeyOption = new("--access-key")
    {
        Description = "The access key id. [default: AWS_ACCESS_KEY_ID or test]",
        HelpName = "id",
        Recursive = true,
    };

    public static readonly Option<string?> SecretOption = new("--secret-key")
    {
        Description = "Its secret; the environment is the safer place. [default: AWS_SECRET_ACCESS_KEY or test]",
        HelpName = "secret",
        Recursive = true,
    };

    public static readonly Option<string?> RegionOption = new("--region")
    {
        Description = "The region that queues are in. [default: AWS_REGION, AWS_DEFAULT_REGION or us-east-1]",
        HelpName = "name",
        Recursive = true,
    };

    /// <summary>Sent instead of a signature: what an OpenID Connect provider issued. For the admin API only.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The same, with the token of the variable WEIR_TOKEN, if there is one.</summary>
    public ClientCredentials OrToken() => this with { BearerToken = Variable("WEIR_TOKEN") };

    public static ClientCredentials From(ParseResult parsed) => new(
        parsed.GetValue(AccessKeyOption) ?? Variable("AWS_ACCESS_KEY_ID") ?? "test",
        parsed.GetValue(SecretOption) ?? Variable("AWS_SECRET_ACCESS_KEY") ?? "test",
        Variable("AWS_SESSION_TOKEN"),
        parsed.GetValue(RegionOption) ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? "us-east-1");

    public override string ToString() => $"{AccessKeyId} in {Region}";

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
