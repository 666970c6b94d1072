using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Xunit;

namespace Weir.Tests.Server;

/// <summary>Connections belong to the tenant whose request came last on them, on the real server.</summary>
public sealed class ConnectionQuotaTests : IDisposable
{
    private const string Shop = "111122223333";
    private const string Bank = "444455556666";
    private const string Path = "/_weir/webhooks";

    private readonly List<HttpClient> _clients = [];

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    [Fact]
    public async Task One_connection_too_many_is_refused_and_closed_until_another_ends()
    {
        await using var server = await RunningServer.StartAsync();
        await server.Http.PutAsJsonAsync($"/_weir/admin/quotas/{Shop}", new { connectionsMax = 2 });
        var (first, second, third) = (Client(server), Client(server), Client(server));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(first, Shop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(second, Shop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(first, Shop)).StatusCode);

        using var refused = await CallAsync(third, Shop);
        Assert.Equal((HttpStatusCode.TooManyRequests, "1", true), (
            refused.StatusCode, refused.Headers.RetryAfter!.ToString(), refused.Headers.ConnectionClose ?? false));
        Assert.Contains("quota of connections", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(third, Bank)).StatusCode);
        var standing = await server.GetAsync($"/_weir/admin/quotas/{Shop}");
        Assert.Equal((2, 1), (standing["used"]!["connections"]!.GetValue<int>(),
            standing["throttled"]!["byConnections"]!.GetValue<int>()));

        await CallAsync(first, Bank);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(third, Shop)).StatusCode);
        second.Dispose();
        await UntilAsync(server, connections: 1);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(first, Shop)).StatusCode);

        await server.Http.PutAsJsonAsync($"/_weir/admin/quotas/{Shop}", new { connectionsMax = 3 });
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Client(server), Shop)).StatusCode);
    }

    /// <summary>The server learns of a connection's end from the network, so this asks until it has.</summary>
    private static async Task UntilAsync(RunningServer server, int connections)
    {
        while ((await server.GetAsync($"/_weir/admin/quotas/{Shop}"))["used"]!["connections"]!.GetValue<int>()
            != connections)
            await Task.Yield();
    }

    private static Task<HttpResponseMessage> CallAsync(HttpClient client, string account)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:any")));
        return client.SendAsync(request);
    }

    private HttpClient Client(RunningServer server)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Server.Endpoint) };
        _clients.Add(client);
        return client;
    }
}
