using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class CreateConnectionTests
{
    [Theory]
    [InlineData("BASIC", TestEndpoints.Basic)]
    [InlineData("API_KEY", """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"k"}}""")]
    [InlineData("OAUTH_CLIENT_CREDENTIALS", """
        {"OAuthParameters":{"ClientParameters":{"ClientID":"i","ClientSecret":"s"},
         "AuthorizationEndpoint":"https://example.com/token","HttpMethod":"POST"}}
        """)]
    public async Task Each_kind_is_authorized_at_once(string type, string auth)
    {
        await using var test = await TestEndpoints.StartAsync();
        var made = await test.Events.OkAsync("CreateConnection", TestEndpoints.Connection("c", type, auth));

        Assert.StartsWith($"{TestEvents.Prefix}connection/c/", made["ConnectionArn"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Equal("AUTHORIZED", made["ConnectionState"]!.GetValue<string>());
        await test.Events.RefusedAsync(
            "CreateConnection", TestEndpoints.Connection("c", type, auth), "ResourceAlreadyExistsException");
    }

    [Theory]
    [InlineData("BASIC", """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"k"}}""")]
    [InlineData("BASIC", """{"BasicAuthParameters":{"Username":"a"}}""")]
    [InlineData("BASIC", """{"BasicAuthParameters":{"Username":"a:b","Password":"p"}}""")]
    [InlineData("BASIC", "{}")]
    [InlineData("TOKEN", TestEndpoints.Basic)]
    [InlineData("API_KEY", """{"ApiKeyAuthParameters":{"ApiKeyName":"Host","ApiKeyValue":"k"}}""")]
    [InlineData("API_KEY", """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"k\r\nX: y"}}""")]
    [InlineData("OAUTH_CLIENT_CREDENTIALS", """
        {"OAuthParameters":{"ClientParameters":{"ClientID":"i","ClientSecret":"s"},
         "AuthorizationEndpoint":"file:///etc/passwd","HttpMethod":"POST"}}
        """)]
    public async Task What_cannot_authorize_is_refused(string type, string auth)
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.Events.RefusedAsync(
            "CreateConnection", TestEndpoints.Connection("c", type, auth), "ValidationException");
    }

    [Theory]
    [InlineData("InvocationConnectivityParameters", "{}")]
    [InlineData("KmsKeyIdentifier", "\"k\"")]
    public async Task Private_connections_are_refused_by_name(string member, string value)
    {
        await using var test = await TestEndpoints.StartAsync();
        var request = JsonNode.Parse(TestEndpoints.Connection("c", "BASIC", TestEndpoints.Basic))!.AsObject();
        request[member] = JsonNode.Parse(value);
        var message = await test.Events.RefusedAsync(
            "CreateConnection", request.ToJsonString(), "UnsupportedOperation");
        Assert.Contains(member, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_on_disk()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.ConnectAsync(auth: """
            {"BasicAuthParameters":{"Username":"ann-is-plain","Password":"pa55-secret"},
             "InvocationHttpParameters":{"HeaderParameters":[
              {"Key":"X-Hidden","Value":"hidden-value","IsValueSecret":true},{"Key":"X-Open","Value":"open-value"}]}}
            """);

        Assert.True(await test.IsOnDiskAsync("ann-is-plain"));
        Assert.True(await test.IsOnDiskAsync("open-value"));
        Assert.False(await test.IsOnDiskAsync("pa55-secret"));
        Assert.False(await test.IsOnDiskAsync("hidden-value"));
    }

    [Theory]
    [InlineData("BASIC", """{"BasicAuthParameters":{"Username":"a","Password":"SECRET"}}""")]
    [InlineData("API_KEY", """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"SECRET"}}""")]
    [InlineData("API_KEY", """
        {"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"k"},"InvocationHttpParameters":{
         "QueryStringParameters":[{"Key":"k","Value":"SECRET","IsValueSecret":true}]}}
        """)]
    public async Task A_secret_that_is_too_long_is_not_repeated(string type, string auth)
    {
        await using var test = await TestEndpoints.StartAsync();
        var secret = string.Concat(Enumerable.Repeat("hush", 200));
        var message = await test.Events.RefusedAsync(
            "CreateConnection",
            TestEndpoints.Connection("c", type, auth.Replace("SECRET", secret, StringComparison.Ordinal)),
            "ValidationException");
        Assert.DoesNotContain("hush", message, StringComparison.Ordinal);
    }
}
