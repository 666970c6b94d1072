using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetTenantOperationTests
{
    [Fact]
    public async Task It_is_told_as_it_was_made_or_missing()
    {
        await using var rest = new TestRest();
        Assert.Equal((404, "not-found"), (
            (await rest.GetAsync(TestAdmin.Shop)).Status, (await rest.GetAsync(TestAdmin.Shop)).Problem));
        var made = await rest.PutAsync(TestAdmin.Shop, """{"name":"shop"}""");
        Assert.Equal(made.Text, (await rest.GetAsync(TestAdmin.Shop)).Text);
    }
}
