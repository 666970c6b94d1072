using System.Text;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

/// <summary>REST as an admin with a key uses it.</summary>
internal sealed class TestAdmin : IAsyncDisposable
{
    public const string Account = "111122223333";
    public const string Shop = $"/_weir/admin/tenants/{Account}";

    private string _secret = "";

    public TestRest Rest { get; } = new();

    public string Id { get; private set; } = "";

    /// <param name="before">What is done while anybody is taken still.</param>
    public static async Task<TestAdmin> StartAsync(Func<TestRest, Task>? before = null)
    {
        var admin = new TestAdmin();
        if (before is not null) await before(admin.Rest);
        var key = await admin.Rest.PostAsync("/_weir/admin/keys", """{"tenant":"000000000000","admin":true}""");
        Assert.Equal(201, key.Status);
        (admin.Id, admin._secret) = (key.Json["id"]!.ToString(), key.Json["secret"]!.ToString());
        return admin;
    }

    public static (string, string) Basic(string id, string secret) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}");

    public Task<RestReply> SendAsync(string method, string path, string body = "") =>
        Rest.SendAsync(method, path, Encoding.UTF8.GetBytes(body), Basic(Id, _secret));

    /// <param name="status">Null: any that says yes.</param>
    public async Task<RestReply> OkAsync(string method, string path, string body = "", int? status = 200)
    {
        var reply = await SendAsync(method, path, body);
        Assert.True(status is null ? reply.Status is >= 200 and < 300 : reply.Status == status, reply.Text);
        return reply;
    }

    /// <summary>A tenant with a key; answers how it calls.</summary>
    public async Task<Func<string, string, string, Task<RestReply>>> KeyAsync(string user = "ann")
    {
        await OkAsync("PUT", Shop, """{"name":"shop"}""", null);
        var key = (await OkAsync(
            "POST", "/_weir/admin/keys", $$"""{"tenant":"{{Account}}","user":"{{user}}"}""", 201)).Json;
        var basic = Basic(key["id"]!.ToString(), key["secret"]!.ToString());
        return (method, path, body) => Rest.SendAsync(method, path, Encoding.UTF8.GetBytes(body), basic);
    }

    public ValueTask DisposeAsync() => Rest.DisposeAsync();
}
