using System.Net;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Server.Health;
using Weir.Tests.Protocols.Rest;
using Xunit;

namespace Weir.Tests.Server.Telemetry;

public sealed class FiguresAccessTests : IAsyncDisposable
{
    private const string Here = "127.0.0.1";
    private const string Elsewhere = "192.0.2.7";

    private readonly TestRest _rest = new(new AwsOptions
    {
        Keys = new Dictionary<string, AccessKey>
        {
            ["ADMIN"] = new("ADMIN", "secret", "111122223333") { IsAdmin = true },
            ["PLAIN"] = new("PLAIN", "secret", "111122223333"),
        },
    });

    [Theory]
    [InlineData(Here, null, null, 200)]
    [InlineData(Elsewhere, null, null, 401)]
    [InlineData(Elsewhere, "ADMIN", "wrong", 401)]
    [InlineData(Elsewhere, "PLAIN", "secret", 403)]
    [InlineData(Elsewhere, "ADMIN", "secret", 200)]
    public async Task Beyond_this_machine_figures_are_for_admins(string from, string? id, string? secret, int status)
    {
        var readiness = new Readiness();
        readiness.Ready(endpoint: null!, _rest.Endpoint, keys: null!, figures: null!, survey: null!);
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = new MemoryStream();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        if (id is not null)
        {
            var (name, value) = TestAdmin.Basic(id, secret!);
            context.Request.Headers[name] = value;
        }

        Assert.Equal(status == 200, await readiness.AllowsFiguresAsync(context));
        Assert.Equal(status, context.Response.StatusCode);
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();
}
