using Weir.Broker.Secrets;
using Weir.Engine;

namespace Weir.Broker.Endpoints;

/// <summary>Seals and opens the secrets of a connection, each for its place in that connection only.</summary>
internal static class ConnectionSecrets
{
    public static ConnectionConfig Seal(ConnectionConfig connection, SecretBox box) => connection with
    {
        Secret = Seal(connection.Secret, box, Owner(connection, "secret")),
        TokenParameters = [.. connection.TokenParameters.Select(each => Seal(each, connection, "token", box))],
        Parameters = [.. connection.Parameters.Select(each => Seal(each, connection, "call", box))],
    };

    public static Outcome<string> OpenSecret(ConnectionConfig connection, SecretBox box) =>
        box.Open(connection.Secret!.Value, Owner(connection, "secret"));

    /// <summary>The parameters with their values as they are to be sent.</summary>
    public static Outcome<IReadOnlyList<(HttpPart Part, string Name, string Value)>> Open(
        ConnectionConfig connection, bool ofToken, SecretBox box)
    {
        var opened = new List<(HttpPart, string, string)>();
        foreach (var parameter in ofToken ? connection.TokenParameters : connection.Parameters)
        {
            if (parameter.Secret is not { } secret)
            {
                opened.Add((parameter.Part, parameter.Name, parameter.Value ?? ""));
                continue;
            }

            var value = box.Open(secret.Value, Owner(connection, parameter, ofToken ? "token" : "call"));
            if (!value.IsOk) return value.Fault;
            opened.Add((parameter.Part, parameter.Name, value.Value));
        }

        return opened;
    }

    private static HttpParameter Seal(
        HttpParameter parameter, ConnectionConfig connection, string use, SecretBox box) =>
        parameter with { Secret = Seal(parameter.Secret, box, Owner(connection, parameter, use)) };

    private static SecretText? Seal(SecretText? secret, SecretBox box, string owner) =>
        secret is null || secret.IsSealed ? secret : SecretText.Sealed(box.Seal(secret.Value, owner));

    private static string Owner(ConnectionConfig connection, HttpParameter parameter, string use) =>
        Owner(connection, $"{use}/{parameter.Part}/{parameter.Name}");

    private static string Owner(ConnectionConfig connection, string what) => $"connection/{connection.Id}/{what}";
}
