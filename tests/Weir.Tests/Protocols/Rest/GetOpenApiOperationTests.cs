using Weir.Protocols.Rest;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class GetOpenApiOperationTests
{
    [Fact]
    public async Task The_document_is_served()
    {
        await using var rest = new TestRest();
        var reply = await rest.GetAsync("/_weir/openapi.json");
        Assert.Equal((200, "3.1.0"), (reply.Status, reply.Json["openapi"]!.ToString()));
    }

    [Fact]
    public void Every_path_that_is_served_is_in_it_and_no_other() => Assert.Equal(
        RestRoutes.Operations.Select(operation => (operation.Path, operation.Method)).Order(),
        TestRest.Described().Keys.Order());
}
