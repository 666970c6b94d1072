namespace Weir.Tests.Tidy;

/// <summary>
/// The road that data takes, and who may know whom on it. What a project does not list here, neither its references
/// nor its source may name.
/// </summary>
internal static class Layers
{
    public const string SharedProtocol = "Aws";

    /// <summary>Where the services that the shared endpoint serves are listed: this file may name them.</summary>
    public const string ServiceList = "src/Weir.Protocols/Aws/AwsEndpoint.cs";

    public static IReadOnlyDictionary<string, string[]> MayKnow { get; } = new Dictionary<string, string[]>
    {
        ["Weir.Journal"] = [],
        ["Weir.Engine"] = [],
        ["Weir.Broker"] = ["Weir.Engine", "Weir.Journal"],
        ["Weir.Protocols"] = ["Weir.Broker", "Weir.Engine"],
        ["Weir.Server"] = ["Weir.Protocols", "Weir.Broker", "Weir.Engine", "Weir.Journal"],
        ["Weir.Client"] = [],
        ["Weir.Testing"] = ["Weir.Protocols", "Weir.Broker", "Weir.Engine", "Weir.Journal"],
    };
}
