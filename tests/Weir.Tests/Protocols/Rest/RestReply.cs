using System.Text;
using System.Text.Json.Nodes;

namespace Weir.Tests.Protocols.Rest;

/// <summary>What a request was answered.</summary>
internal sealed record RestReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    /// <summary>The path of the one status URL.</summary>
    public string StatusPath => new Uri(Json["status"]!.GetValue<string>()).AbsolutePath;

    public string State => Json["state"]!.GetValue<string>();

    /// <summary>The last part of a problem's type.</summary>
    public string Problem => Json["type"]!.GetValue<string>().Split(':')[^1];

    public string Detail => Json["detail"]!.GetValue<string>();
}
