using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology;

/// <summary>
/// The way to the operations of all services that requests take, too: what it asks for is checked, limited and told to
/// the audit log as theirs is. The first refusal is noted; after it nothing more is asked for, and answers are empty.
/// </summary>
/// <param name="admin">Whom it is done for; the account is that of each call.</param>
/// <param name="cause">The request that it is done for.</param>
internal sealed class TopologyRoad(
    AwsEndpoint aws, RestBackend backend, AwsIdentity admin, HttpRequest cause, string region)
{
    /// <summary>What queue URLs begin with here; operations read account and name from their end.</summary>
    private const string AnyBase = "http://localhost/";

    /// <summary>Pages of one listing: as many things as a tenant can have in a hundred thousand.</summary>
    private const int PagesMax = 1_000;

    public string Region => region;

    public AwsIdentity Admin => admin;

    public string? Refusal { get; private set; }

    /// <summary>What has messages in it may be deleted, too.</summary>
    public bool MayDropMessages { get; set; }

    public void Refuse(string message) => Refusal ??= message;

    /// <summary>Refuses to delete what is not in the file, if there are messages in it.</summary>
    public void RefuseToDrop(TopologyItem item, long messages)
    {
        if (messages == 0) return;
        Refuse($"The {item} is not in the file and has {messages} messages: it is deleted with pruneWithMessages "
            + "(--prune-with-messages) only.");
    }

    public static string QueueUrl(string account, string name) => $"{AnyBase}{account}/{name}";

    /// <param name="service">As in policies: sqs, sns, events, pipes, scheduler.</param>
    public async ValueTask<JsonObject> CallAsync(string account, string service, string operation, JsonObject input)
    {
        if (Refusal is not null) return [];
        var (answer, error) = await aws.CallAsync(
            NewContext("POST", "/", ""), admin with { Account = account, Region = region }, service, operation,
            Encoding.UTF8.GetBytes(input.ToJsonString()));
        if (error is null) return JsonNode.Parse(answer.Span) as JsonObject ?? [];
        Refuse($"{service}:{operation}: {error.QueryCode}: {error.Message}");
        return [];
    }

    /// <summary>All pages of a listing.</summary>
    public async ValueTask<IReadOnlyList<JsonNode>> ListAsync(
        string account, string service, string operation, string list, JsonObject input)
    {
        var items = new List<JsonNode>();
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var answer = await CallAsync(account, service, operation, (JsonObject)input.DeepClone());
            if (answer[list] is JsonArray page) items.AddRange(page.Select(item => item!));
            if (answer["NextToken"]?.ToString() is not { Length: > 0 } next) return items;
            input["NextToken"] = next;
        }

        Refuse($"{service}:{operation} has more than {PagesMax} pages.");
        return items;
    }

    /// <param name="input">Null: no body.</param>
    public async ValueTask<JsonObject> RestAsync(
        string account, RestOperation operation, string name = "", JsonObject? input = null, string query = "")
    {
        if (Refusal is not null) return [];
        var context = NewContext(operation.Method, operation.Path, query);
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        var body = input is null ? [] : Encoding.UTF8.GetBytes(input.ToJsonString());
        var call = new RestCall(
            context, backend, admin with { Account = account, Region = region }, name, body, AnyBase.TrimEnd('/'));
        var problem = await operation.ExecuteAsync(call);
        if (problem is null) return answer.Length == 0 ? [] : JsonNode.Parse(answer.ToArray()) as JsonObject ?? [];
        Refuse($"{problem.Type}: {problem.Detail}");
        return [];
    }

    /// <summary>Puts ARNs in the place of names.</summary>
    public async ValueTask<JsonObject> ExpandAsync(string account, Shape shape, JsonObject members)
    {
        var expanded = new JsonObject();
        foreach (var (name, value) in members)
        {
            switch (shape.Members.GetValueOrDefault(name))
            {
                case { Kind: ShapeKind.Name } found:
                    expanded[found.Names.ArnMember] = await ArnAsync(account, found.Names.What, value!.ToString());
                    break;
                case { Kind: ShapeKind.Struct } inner when value is JsonObject map:
                    expanded[name] = await ExpandAsync(account, inner, map);
                    break;
                default:
                    expanded[name] = value?.DeepClone();
                    break;
            }
        }

        return expanded;
    }

    private async ValueTask<string> ArnAsync(string account, string what, string name) => what switch
    {
        ArnNames.ApiDestination => (await CallAsync(
            account, "events", "DescribeApiDestination", new JsonObject { ["Name"] = name }))["ApiDestinationArn"]
            ?.ToString() ?? "",
        ArnNames.Connection => (await CallAsync(
            account, "events", "DescribeConnection", new JsonObject { ["Name"] = name }))["ConnectionArn"]
            ?.ToString() ?? "",
        _ => ArnNames.Write(what, account, region, name),
    };

    private DefaultHttpContext NewContext(string method, string path, string query)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = cause.HttpContext.Connection.RemoteIpAddress;
        (context.Request.Method, context.Request.Path) = (method, path);
        (context.Request.Scheme, context.Request.Host) = (cause.Scheme, cause.Host);
        context.Request.QueryString = new QueryString(query);
        return context;
    }
}
