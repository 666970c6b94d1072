using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Broker.Delivery;
using Weir.Broker.Secrets;
using Weir.Engine;

namespace Weir.Broker.Endpoints;

/// <summary>Makes the requests in which API destinations are called.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
internal sealed class ApiDestinationRequests(Broker broker, Egress egress)
{
    private const string Agent = "Amazon/EventBridge/ApiDestinations";
    private const int Unauthorized = 401;

    private readonly TokenSource _tokens = new(egress, broker.Time);

    /// <param name="body">JSON.</param>
    /// <exception cref="HttpRequestException">There is no token for it now.</exception>
    public async ValueTask<PushRequest> RenderAsync(
        EndpointName name, ReadOnlyMemory<byte> body, CallParameters parameters, CancellationToken cancel)
    {
        if (EndpointDocuments.FindDestination(broker.Definitions, name) is not { } destination)
            return PushRequest.Unrenderable($"The API destination {name.Name} does not exist.");
        if (ConnectionOf(name, destination) is not { } connection)
            return PushRequest.Unrenderable($"The connection {destination.Connection} is not authorized.");
        var box = broker.Secrets.Box;
        if (!box.IsOk) return PushRequest.Unrenderable(box.Fault.Message);
        var added = ConnectionSecrets.Open(connection, ofToken: false, box.Value);
        if (!added.IsOk) return PushRequest.Unrenderable(added.Fault.Message);
        if (CallAddress.Fill(destination.Endpoint, parameters.Path) is not { } address)
        {
            return PushRequest.Unrenderable($"The endpoint has {destination.PlaceholderCount} placeholders, and "
                + $"{parameters.Path.Count} values are given for them.");
        }

        if (AddToBody(body, added.Value) is not { } whole)
            return PushRequest.Unrenderable("The connection adds to the body, which is no JSON object.");
        var uri = CallAddress.WithQuery(address, Merge(parameters.Query, added.Value, HttpPart.Query));
        var request = new HttpRequestMessage(new HttpMethod(destination.Method), uri)
        {
            Content = new ReadOnlyMemoryContent(whole),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        foreach (var (header, value) in Merge(parameters.Headers, added.Value, HttpPart.Header))
            Set(request, header, value);
        if (await AuthorizeAsync(request, connection, box.Value, cancel).ConfigureAwait(false) is { } fault)
        {
            request.Dispose();
            return PushRequest.Unrenderable(fault.Message);
        }

        return PushRequest.Of(request);
    }

    /// <summary>True when the answer says that the token is not taken, and another may be had.</summary>
    public bool AsksForNewToken(EndpointName name, int status) =>
        status == Unauthorized
        && EndpointDocuments.FindDestination(broker.Definitions, name) is { } destination
        && ConnectionOf(name, destination) is { Kind: AuthorizationKind.OAuth } connection
        && _tokens.Forget(connection);

    /// <summary>Sets a header in the place of the one that is there.</summary>
    internal static void Set(HttpRequestMessage request, string name, string value)
    {
        if (!IsOfContent(name))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
            return;
        }

        request.Content?.Headers.Remove(name);
        request.Content?.Headers.TryAddWithoutValidation(name, value);
    }

    // The framework keeps these with the body, and refuses them elsewhere.
    private static bool IsOfContent(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Allow", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Expires", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase);

    private ConnectionConfig? ConnectionOf(EndpointName name, ApiDestinationConfig destination) =>
        EndpointDocuments.FindConnection(broker.Definitions, name with { Name = destination.Connection })
            is { IsAuthorized: true } found && found.Id == destination.ConnectionId
            ? found
            : null;

    private async ValueTask<Fault?> AuthorizeAsync(
        HttpRequestMessage request, ConnectionConfig connection, SecretBox box, CancellationToken cancel)
    {
        var secret = connection.Kind == AuthorizationKind.OAuth
            ? await _tokens.GetAsync(connection, box, cancel).ConfigureAwait(false)
            : ConnectionSecrets.OpenSecret(connection, box);
        if (!secret.IsOk) return secret.Fault;
        switch (connection.Kind)
        {
            case AuthorizationKind.Basic:
                var credentials = Encoding.UTF8.GetBytes($"{connection.Principal}:{secret.Value}");
                Set(request, "Authorization", "Basic " + Convert.ToBase64String(credentials));
                break;
            case AuthorizationKind.ApiKey:
                Set(request, connection.Principal, secret.Value);
                break;
            default:
                Set(request, "Authorization", "Bearer " + secret.Value);
                break;
        }

        return null;
    }

    private static List<KeyValuePair<string, string>> Merge(
        IReadOnlyList<KeyValuePair<string, string>> given,
        IReadOnlyList<(HttpPart Part, string Name, string Value)> added, HttpPart part)
    {
        var comparison = part == HttpPart.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var own = added.Where(each => each.Part == part).ToArray();
        return
        [
            .. given.Where(each => !own.Any(other => other.Name.Equals(each.Key, comparison))),
            .. own.Select(each => KeyValuePair.Create(each.Name, each.Value)),
        ];
    }

    /// <returns>Null when there is something to add and the body is none that takes it.</returns>
    private static ReadOnlyMemory<byte>? AddToBody(
        ReadOnlyMemory<byte> body, IReadOnlyList<(HttpPart Part, string Name, string Value)> added)
    {
        var own = added.Where(each => each.Part == HttpPart.Body).ToArray();
        if (own.Length == 0) return body;
        try
        {
            if (JsonNode.Parse(body.Span) is not JsonObject json) return null;
            foreach (var (_, name, value) in own) json[name] = value;
            return Encoding.UTF8.GetBytes(json.ToJsonString());
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
