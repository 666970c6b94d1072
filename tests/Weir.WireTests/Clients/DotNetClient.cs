using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.SQS;

namespace Weir.WireTests.Clients;

/// <summary>
/// AWSSDK.SQS in this process, without retries, so that every answer is seen. Its own checks of the MD5 of bodies and
/// attributes are on, as they are by default.
/// </summary>
public static class DotNetClient
{
    private static readonly JsonNodeOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new Base64Stream() },
    };

    public static SqsCall Connect(Connection connection)
    {
        var client = new AmazonSQSClient(
            new BasicAWSCredentials(connection.AccessKey, connection.Secret),
            new AmazonSQSConfig
            {
                ServiceURL = connection.Endpoint.ToString(),
                AuthenticationRegion = connection.Region,
                MaxErrorRetry = 0,
                Timeout = TimeSpan.FromSeconds(60),
            });
        return (operation, input, cancellation) => CallAsync(client, operation, input, cancellation);
    }

    private static async Task<JsonObject> CallAsync(
        AmazonSQSClient client, string operation, JsonObject input, CancellationToken cancellation)
    {
        var requestType = typeof(AmazonSQSClient).Assembly.GetType($"Amazon.SQS.Model.{operation}Request", true)!;
        var request = input.Deserialize(requestType, Options)!;
        var method = typeof(IAmazonSQS).GetMethod($"{operation}Async", [requestType, typeof(CancellationToken)])!;
        var answering = (Task)method.Invoke(client, [request, cancellation])!;
        try
        {
            await answering;
        }
        catch (AmazonServiceException refused) when (refused is { StatusCode: not 0, ErrorCode.Length: > 0 })
        {
            var shape = refused.GetType().Name.Replace("Exception", "", StringComparison.Ordinal);
            throw new SqsRefusedException(
                refused.ErrorCode, shape == "AmazonSQS" ? null : shape, (int)refused.StatusCode, refused.Message);
        }
        catch (Exception broken) when (broken is AmazonServiceException or HttpRequestException or IOException)
        {
            throw new SqsUnknownOutcomeException(broken.Message, broken);
        }
        var output = answering.GetType().GetProperty("Result", BindingFlags.Public | BindingFlags.Instance)!
            .GetValue(answering)!;
        var answer = JsonSerializer.Serialize(output, output.GetType(), Options);
        return WithoutTransport(JsonNode.Parse(answer, IgnoreCase)!.AsObject());
    }

    private static JsonObject WithoutTransport(JsonObject answer)
    {
        foreach (var name in new[] { "ResponseMetadata", "ContentLength", "HttpStatusCode" }) answer.Remove(name);
        return answer;
    }

    /// <summary>JSON has no bytes: a BinaryValue travels as base64 and is a stream to the SDK.</summary>
    private sealed class Base64Stream : JsonConverter<MemoryStream>
    {
        public override MemoryStream Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.ToArray());
    }
}
