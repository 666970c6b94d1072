namespace Weir.Protocols.Rest.Operations;

/// <summary>Describes what is served here, to anybody.</summary>
internal sealed class GetOpenApiOperation : RestOperation
{
    private static readonly Lazy<byte[]> Document = new(Read);

    public override string Method => "GET";

    public override string Path => "/_weir/openapi.json";

    public override bool NeedsIdentity => false;

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        await RestAnswer.WriteAsync(call.Context, 200, "application/openapi+json", Document.Value);
        return null;
    }

    private static byte[] Read()
    {
        using var resource = typeof(GetOpenApiOperation).Assembly
            .GetManifestResourceStream("Weir.Protocols.Rest.openapi.json")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
