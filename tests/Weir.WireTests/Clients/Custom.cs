using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>Values of message attributes.</summary>
public static class Custom
{
    public static JsonObject Text(string value, string type = "String") =>
        new() { ["DataType"] = type, ["StringValue"] = value };

    public static JsonObject Number(string value, string type = "Number") =>
        new() { ["DataType"] = type, ["StringValue"] = value };

    public static JsonObject Binary(byte[] value, string type = "Binary") =>
        new() { ["DataType"] = type, ["BinaryValue"] = Convert.ToBase64String(value) };
}
