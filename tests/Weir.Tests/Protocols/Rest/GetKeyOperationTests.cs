using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetKeyOperationTests
{
    [Fact]
    public async Task It_is_told_without_its_secret()
    {
        await using var admin = await TestAdmin.StartAsync();
        var made = (await admin.OkAsync(
            "POST", "/_weir/admin/keys", """{"tenant":"000000000000","user":"ann"}""", 201)).Json;
        var told = await admin.OkAsync("GET", $"/_weir/admin/keys/{made["id"]}");
        Assert.Equal(("ann", false), (told.Json["user"]!.ToString(), told.Json["admin"]!.GetValue<bool>()));
        Assert.DoesNotContain(made["secret"]!.ToString(), told.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await admin.SendAsync("GET", "/_weir/admin/keys/AKIDOTHER")).Status);
    }
}
