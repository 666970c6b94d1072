using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DescribeConnectionTests
{
    [Fact]
    public async Task It_answers_all_but_secrets()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.ConnectAsync("c", "OAUTH_CLIENT_CREDENTIALS", """
            {"OAuthParameters":{"ClientParameters":{"ClientID":"i","ClientSecret":"secret-1"},
             "AuthorizationEndpoint":"https://example.com/token","HttpMethod":"POST",
             "OAuthHttpParameters":{"BodyParameters":[{"Key":"scope","Value":"all"}]}},
             "InvocationHttpParameters":{"QueryStringParameters":[
              {"Key":"a","Value":"secret-2","IsValueSecret":true}]}}
            """);
        var described = await test.Events.OkAsync("DescribeConnection", """{"Name":"c"}""");

        Assert.DoesNotContain("secret-", described.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("OAUTH_CLIENT_CREDENTIALS", described["AuthorizationType"]!.GetValue<string>());
        var oauth = described["AuthParameters"]!["OAuthParameters"]!;
        Assert.Equal("i", oauth["ClientParameters"]!["ClientID"]!.GetValue<string>());
        Assert.Equal("all", oauth["OAuthHttpParameters"]!["BodyParameters"]![0]!["Value"]!.GetValue<string>());
        var query = described["AuthParameters"]!["InvocationHttpParameters"]!["QueryStringParameters"]![0]!;
        Assert.True(query["IsValueSecret"]!.GetValue<bool>());
        await test.Events.RefusedAsync("DescribeConnection", """{"Name":"none"}""", "ResourceNotFoundException");
    }
}
