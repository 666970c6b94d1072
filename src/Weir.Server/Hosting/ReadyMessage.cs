using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>What a user reads when Weir is ready: where it is, and a first line to try.</summary>
internal static class ReadyMessage
{
    public static string Of(ServerOptions options, string endpoint, string directory)
    {
        var (id, secret) = options.Keys.Count == 0 ? ("test", "test") : ("<access key id>", "<its secret>");
        var who = options.Keys.Count switch
        {
            0 => "any credentials are taken; a 12-digit access key id is the account itself",
            1 => "requests must be signed with the configured access key",
            var count => $"requests must be signed with one of {count} access keys",
        };
        return $"""
            Weir {ServerVersion.Text} is ready.
              Endpoint   {endpoint}
              Data       {directory}
              Access     {who}

            Try it:
              export AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} AWS_DEFAULT_REGION={options.Region}
              aws --endpoint-url {endpoint} sqs create-queue --queue-name first
            """;
    }
}
