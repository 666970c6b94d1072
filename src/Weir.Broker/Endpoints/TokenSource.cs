using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Weir.Broker.Delivery;
using Weir.Broker.Secrets;
using Weir.Engine;

namespace Weir.Broker.Endpoints;

/// <summary>Asks for the tokens of connections, and keeps each until shortly before it expires.</summary>
// https://www.rfc-editor.org/rfc/rfc6749#section-4.4: the client's id and secret go in the form, unless the connection
// sets the header Authorization itself; then that is how the client proves who it is.
internal sealed class TokenSource(Egress egress, TimeProvider time)
{
    /// <summary>Tokens kept; past it all are asked for again.</summary>
    private const int TokensMax = 1_024;

    private const int AnswerBytesMax = 64 << 10;

    /// <summary>A token whose answer does not say how long it lasts.</summary>
    private static readonly TimeSpan LifeDefault = TimeSpan.FromMinutes(5);

    /// <summary>So long before its end a token is not used any more; at most half its life.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid, long), (string Token, DateTimeOffset Until)> _tokens = [];

    /// <exception cref="HttpRequestException">There is no token now.</exception>
    /// <exception cref="EndpointRefusedException">Its endpoint may not be called.</exception>
    public async ValueTask<Outcome<string>> GetAsync(
        ConnectionConfig connection, SecretBox box, CancellationToken cancel)
    {
        if (_tokens.TryGetValue(KeyOf(connection), out var known) && time.GetUtcNow() < known.Until)
            return known.Token;
        var secret = ConnectionSecrets.OpenSecret(connection, box);
        if (!secret.IsOk) return secret.Fault;
        var parameters = ConnectionSecrets.Open(connection, ofToken: true, box);
        if (!parameters.IsOk) return parameters.Fault;
        using var request = Request(connection, secret.Value, parameters.Value);
        if (egress.RefusalOf(request) is { } refusal) throw new EndpointRefusedException(refusal);
        using var response = await egress.SendAsync(request, cancel).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The token's endpoint answered {(int)response.StatusCode}.");
        var body = await BoundedBody.ReadAsync(response, AnswerBytesMax, cancel).ConfigureAwait(false);
        var (token, life) = Parse(body.Bytes);
        if (_tokens.Count >= TokensMax) _tokens.Clear();
        var margin = life / 2 < Margin ? life / 2 : Margin;
        _tokens[KeyOf(connection)] = (token, time.GetUtcNow() + life - margin);
        return token;
    }

    /// <summary>To be called when an endpoint does not take the token.</summary>
    /// <returns>True when there was one, so that another may help.</returns>
    public bool Forget(ConnectionConfig connection) => _tokens.TryRemove(KeyOf(connection), out _);

    private static (Guid, long) KeyOf(ConnectionConfig connection) => (connection.Id, connection.ModifiedUnixMs);

    private static HttpRequestMessage Request(
        ConnectionConfig connection, string secret,
        IReadOnlyList<(HttpPart Part, string Name, string Value)> parameters)
    {
        var form = Of(HttpPart.Body);
        var isProven = Of(HttpPart.Header).Exists(IsAuthorization);
        if (!form.Exists(each => each.Key == "grant_type")) form.Add(new("grant_type", "client_credentials"));
        if (!isProven)
        {
            form.Add(new("client_id", connection.Principal));
            form.Add(new("client_secret", secret));
        }

        var isGet = connection.TokenMethod == "GET";
        var query = Of(HttpPart.Query);
        if (isGet) query.AddRange(form);
        var request = new HttpRequestMessage(
            new HttpMethod(connection.TokenMethod ?? "POST"), CallAddress.WithQuery(connection.TokenEndpoint!, query));
        if (!isGet) request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in Of(HttpPart.Header)) ApiDestinationRequests.Set(request, name, value);
        return request;

        List<KeyValuePair<string, string>> Of(HttpPart part) =>
            [.. parameters.Where(each => each.Part == part).Select(each => KeyValuePair.Create(each.Name, each.Value))];

        static bool IsAuthorization(KeyValuePair<string, string> header) =>
            header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
    }

    // https://www.rfc-editor.org/rfc/rfc6749#section-5.1
    private static (string Token, TimeSpan Life) Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("access_token", out var token)
                && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text
                && HeaderRules.AllowsValue(text))
            {
                var isTold = root.TryGetProperty("expires_in", out var seconds)
                    && seconds.ValueKind == JsonValueKind.Number;
                return (text, isTold ? TimeSpan.FromSeconds(Math.Clamp(seconds.GetDouble(), 0, 86_400)) : LifeDefault);
            }
        }
        catch (JsonException)
        {
            // Said below; the answer itself may hold a token and is not repeated.
        }

        throw new HttpRequestException("The token's endpoint answered without an access_token.");
    }
}
