using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>
/// Connections, by the members of CreateConnection. Their secrets cannot be read back, so another secret alone is no
/// change that anybody can see.
/// </summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html
internal sealed class ConnectionKind() : AwsKind(
    "connection", "connections", "events", "Connection", Shape.Struct(
        ("Description", Shape.Text), ("AuthorizationType", Shape.Text), ("AuthParameters", Auth)) with
    {
        Required = ["AuthorizationType", "AuthParameters"],
    })
{
    private const string SecretValue = "secretValue";
    private const string Value = "Value";
    private const string IsSecret = "IsValueSecret";

    private static Shape Parameters => Shape.Struct(
        ("HeaderParameters", Shape.ListOf(Parameter)), ("QueryStringParameters", Shape.ListOf(Parameter)),
        ("BodyParameters", Shape.ListOf(Parameter)));

    private static Shape Parameter =>
        Shape.Struct(("Key", Shape.Text), (Value, Shape.Text), (SecretValue, Shape.Secret)) with { Required = ["Key"] };

    private static Shape Auth => Shape.Struct(
        ("BasicAuthParameters", Shape.Struct(("Username", Shape.Text), ("Password", Shape.Secret))),
        ("ApiKeyAuthParameters", Shape.Struct(("ApiKeyName", Shape.Text), ("ApiKeyValue", Shape.Secret))),
        ("OAuthParameters", Shape.Struct(
            ("ClientParameters", Shape.Struct(("ClientID", Shape.Text), ("ClientSecret", Shape.Secret))),
            ("AuthorizationEndpoint", Shape.Text), ("HttpMethod", Shape.Text), ("OAuthHttpParameters", Parameters))),
        ("InvocationHttpParameters", Parameters));

    public override void AddVariables(JsonObject exported, string name)
    {
        if (exported["AuthParameters"] is not JsonObject auth) return;
        Add(auth["BasicAuthParameters"], "Password", "PASSWORD");
        Add(auth["ApiKeyAuthParameters"], "ApiKeyValue", "KEY");
        Add(auth["OAuthParameters"]?["ClientParameters"], "ClientSecret", "SECRET");
        foreach (var parameter in Lists(auth).Where(parameter => parameter[Value] is null))
            Add(parameter, SecretValue, parameter["Key"]!.ToString());

        void Add(JsonNode? owner, string member, string what)
        {
            if (owner is JsonObject found) found[member] = Variable($"{name}_{what}");
        }
    }

    protected override async ValueTask<JsonObject> InputAsync(TopologyRoad road, TopologyItem item)
    {
        var input = await base.InputAsync(road, item);
        foreach (var parameter in Lists(input["AuthParameters"]))
        {
            if (parameter[SecretValue] is not { } secret) continue;
            parameter.Remove(SecretValue);
            parameter[Value] = secret.DeepClone();
            parameter[IsSecret] = true;
        }

        return input;
    }

    private static string Variable(string text)
    {
        var letters = text.Select(one => char.IsAsciiLetterOrDigit(one) ? char.ToUpperInvariant(one) : '_');
        return $"${{WEIR_{string.Concat(letters)}}}";
    }

    private static IEnumerable<JsonObject> Lists(JsonNode? auth) =>
        from parameters in (JsonNode?[])
            [auth?["InvocationHttpParameters"], auth?["OAuthParameters"]?["OAuthHttpParameters"]]
        where parameters is JsonObject
        from list in parameters.AsObject()
        where list.Value is JsonArray
        from parameter in list.Value.AsArray()
        select parameter.AsObject();
}
