using Microsoft.AspNetCore.Http;
using Weir.Protocols.Rest.Operations;

namespace Weir.Protocols.Rest;

/// <summary>All that is served, and where.</summary>
internal static class RestRoutes
{
    public const string Root = "/_weir/";
    public const string Messages = Root + "messages/";
    public const string Replies = Root + "replies/";

    private const string Parameter = "{name}";

    public static IReadOnlyList<RestOperation> Operations { get; } =
    [
        new SendToQueueOperation(),
        new PeekQueueOperation(),
        new ListFailuresOperation(),
        new StartMoveOperation(),
        new ListMovesOperation(),
        new CancelMoveOperation(),
        new PublishToTopicOperation(),
        new PutOnBusOperation(),
        new GetStatusOperation(),
        new PostReplyOperation(),
        new GetReplyOperation(),
        new ListWebhooksOperation(),
        new PutWebhookOperation(),
        new GetWebhookOperation(),
        new DeleteWebhookOperation(),
        new ListWebhookAttemptsOperation(),
        new RotateWebhookSecretOperation(),
        new ListTenantsOperation(),
        new GetTenantOperation(),
        new PutTenantOperation(),
        new DeleteTenantOperation(),
        new ListKeysOperation(),
        new CreateKeyOperation(),
        new GetKeyOperation(),
        new UpdateKeyOperation(),
        new DeleteKeyOperation(),
        new ListQuotasOperation(),
        new GetQuotaOperation(),
        new PutQuotaOperation(),
        new DeleteQuotaOperation(),
        new ListAuditOperation(),
        new ExportTopologyOperation(),
        new ApplyTopologyOperation(),
        new GetOpenApiOperation(),
    ];

    /// <summary>The first parts of the paths behind the root.</summary>
    private static readonly string[] Collections =
        [.. Operations.Select(operation => operation.Path[Root.Length..].Split('/')[0]).Distinct()];

    public static bool Serves(string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal)) return false;
        var first = path.AsSpan(Root.Length);
        var slash = first.IndexOf('/');
        if (slash >= 0) first = first[..slash];
        foreach (var collection in Collections)
        {
            if (first.SequenceEqual(collection)) return true;
        }

        return false;
    }

    /// <summary>The operation and what its path names, or the problem.</summary>
    public static (RestOperation? Operation, string Name, Problem? Problem) Find(HttpRequest request)
    {
        var (path, allowed) = (request.Path.Value ?? "", new List<string>());
        foreach (var operation in Operations)
        {
            if (NameIn(path, operation.Path) is not { } name) continue;
            if (request.Method == operation.Method) return (operation, name, null);
            allowed.Add(operation.Method);
        }

        return (null, "", allowed.Count == 0
            ? Problems.NoSuchPath
            : Problems.MethodNotAllowed(string.Join(", ", allowed)));
    }

    /// <summary>Null when the path is another one. The server leaves a slash in a name as it came, as %2F.</summary>
    private static string? NameIn(string path, string template)
    {
        var at = template.IndexOf(Parameter, StringComparison.Ordinal);
        if (at < 0) return path == template ? "" : null;
        var (before, after) = (template[..at], template[(at + Parameter.Length)..]);
        if (path.Length <= before.Length + after.Length || !path.StartsWith(before, StringComparison.Ordinal)
            || !path.EndsWith(after, StringComparison.Ordinal))
            return null;
        var name = path[before.Length..^after.Length];
        return name.Contains('/', StringComparison.Ordinal)
            ? null
            : name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }
}
