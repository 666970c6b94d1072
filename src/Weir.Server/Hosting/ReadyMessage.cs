using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>What a user reads when Weir is ready: where it is, and a first line to try.</summary>
internal static class ReadyMessage
{
    public static string Of(ServerOptions options, WeirServer server)
    {
        var (endpoint, directory) = (server.Endpoint, server.DataDirectory);
        var (id, secret) = server.FirstKey is { } key ? (key.Id, key.Secret)
            : server.Keys.IsOpen ? ("test", "test")
            : ("<access key id>", "<its secret>");
        var who = server.FirstKey is not null
            ? "requests must be signed; the admin key below was made now and is shown this once"
            : server.Keys.IsOpen ? "any credentials are taken; a 12-digit access key id is the account itself"
            : "requests must be signed with an access key";
        var made = string.Concat(server.NewSecrets.Select(secret => $"\n  New        {secret} (shown this once)"));
        return $"""
            Weir {ServerVersion.Text} is ready.
              Endpoint   {endpoint}
              Data       {directory}
              Access     {who}{made}

            Try it:
              export AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} AWS_DEFAULT_REGION={options.Region}
              aws --endpoint-url {endpoint} sqs create-queue --queue-name first
            """;
    }
}
