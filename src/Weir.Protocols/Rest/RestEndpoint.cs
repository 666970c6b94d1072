using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
using Weir.Broker.Webhooks;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Topology;

namespace Weir.Protocols.Rest;

/// <summary>Serves callers that speak HTTP and nothing else.</summary>
public sealed class RestEndpoint
{
    private readonly RestBackend _backend;
    private readonly RestAuthenticator _authenticator;
    private readonly BodyBudget _bodies;
    private readonly AwsOptions _options;
    private readonly ILogger _log;

    /// <param name="aws">Its neighbour, with which it shares the bound of all bodies together.</param>
    public RestEndpoint(
        Broker.Broker broker, AwsEndpoint aws, AwsOptions options, Authenticator signatures,
        ILogger<RestEndpoint> logger)
    {
        _backend = new RestBackend(broker, signatures.Keys, aws.Admission, logger) { Aws = aws };
        _authenticator = new RestAuthenticator(options, signatures);
        _bodies = aws.Bodies;
        _options = options;
        _log = logger;
    }

    /// <summary>What checks bearer tokens for the admin API; null: none are taken.</summary>
    public IAdminTokens? AdminTokens { get; init; }

    /// <summary>True for the paths that are this endpoint's, whatever it answers to them.</summary>
    public static bool Serves(string path) => RestRoutes.Serves(path);

    /// <summary>
    /// Answers a foreign web page: a browser would send it the credentials that somebody else has typed in.
    /// </summary>
    public static Task RefusePageAsync(HttpContext context) => RestAnswer.WriteAsync(context, Problems.ForeignPage);

    /// <summary>Begins to push what webhooks are for.</summary>
    public void StartWebhooks(PushDispatcher dispatcher)
    {
        var routes = new WebhookRoutes(_backend.Broker, dispatcher, _log);
        _backend.Webhooks.OnChanged = routes.Refresh;
        _backend.Push = dispatcher;
        routes.Start();
    }

    /// <summary>Applies a topology for the server itself, before anybody is let in.</summary>
    /// <param name="who">Who did it, in the audit log.</param>
    /// <param name="variables">What <c>${NAME}</c> stands for.</param>
    /// <returns>Secrets that are told this once, line by line, or what is wrong.</returns>
    public async Task<(IReadOnlyList<string> Secrets, string? Problem)> ApplyTopologyAsync(
        string text, AccessKey who, IReadOnlyDictionary<string, string> variables)
    {
        var identity = new AwsIdentity(AccessKey.AnyAccount, _options.Region, who.Id) { Key = who };
        var request = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("localhost") } };
        var (document, fault) = TopologyReader.Read(text, identity.Account, identity.Region, variables);
        if (document is null) return ([], fault!.ToString());
        var road = new TopologyRoad(_backend.Aws, _backend, identity, request.Request, document.Region);
        var changes = await TopologyPlan.MakeAsync(road, document, document.IsPruning, withMessages: false);
        var failed = road.Refusal is null ? await TopologyRun.ApplyAsync(road, changes) : null;
        var secrets = changes.Where(change => change.Outcome?["secret"] is not null)
            .Select(change => $"{change.Item}: {change.Outcome!["id"]} {change.Outcome["secret"]}");
        return ([.. secrets], road.Refusal is null ? null : TopologyAnswer.Detail(road, failed, changes));
    }

    /// <summary>Whether an admin asks, as for the admin API; another is answered here.</summary>
    public async ValueTask<bool> AllowsAdminAsync(HttpContext context)
    {
        var (_, refused) = await _authenticator.AuthenticateAdminAsync(
            context.Request, ReadOnlySequence<byte>.Empty, AdminTokens);
        if (refused is null) return true;
        await RestAnswer.WriteAsync(context, refused);
        return false;
    }

    public async Task HandleAsync(HttpContext context)
    {
        var body = default(RequestBody);
        try
        {
            var (operation, name, problem) = RestRoutes.Find(context.Request);
            problem ??= RefusalAtTheDoor(context.Request, operation);
            if (operation is not null && problem is null)
            {
                if (HttpMethods.IsPost(operation.Method) || HttpMethods.IsPut(operation.Method))
                    body = await RequestBody.ReadAsync(context.Request, _options.RequestBytesMax, _bodies);
                problem = body.Error is { } unreadable
                    ? Problems.From(unreadable)
                    : await ExecuteAsync(context, operation, name, body.Bytes);
            }

            if (problem is not null) await RestAnswer.WriteAsync(context, problem);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException
            && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered. What was taken in stays; its sender may ask again under its key.
        }
        catch (Exception e)
        {
            RestLog.RequestFailed(_log, e, context.Request.Method, context.Request.Path.Value ?? "");
            if (!context.Response.HasStarted) await RestAnswer.WriteAsync(context, Problems.InternalFailure);
        }
        finally
        {
            body.Release();
        }
    }

    /// <summary>
    /// What a tenant without quota left is told before its body is read. Nothing is counted: anybody may claim to be
    /// that tenant.
    /// </summary>
    private Problem? RefusalAtTheDoor(HttpRequest request, RestOperation? operation)
    {
        if (operation is not { NeedsIdentity: true, NeedsAdmin: false } || !_backend.Admission.IsNeeded) return null;
        if (_authenticator.ClaimedAccount(request) is not { } account) return null;
        if (_backend.Admission.Look(account, operation.AddsMessages) is not { } throttle) return null;
        _backend.Admission.Refused(account, throttle.Quota);
        return Problems.QuotaUsedUp(account, throttle);
    }

    private async ValueTask<Problem?> ExecuteAsync(
        HttpContext context, RestOperation operation, string name, ReadOnlySequence<byte> body)
    {
        var identity = default(AwsIdentity);
        if (operation.NeedsIdentity)
        {
            (identity, var refused) = operation.NeedsAdmin
                ? await _authenticator.AuthenticateAdminAsync(context.Request, body, AdminTokens)
                : _authenticator.Authenticate(context.Request, body);
            if (refused is not null) return refused;
            if (!operation.NeedsAdmin
                && TenantDoor.Enter(context, _backend.Admission, identity.Account, body.Length) is { } throttle)
                return Problems.QuotaUsedUp(identity.Account, throttle);
        }

        if (UnknownHeader(context.Request, operation) is { } header)
            return Problems.InvalidHeader(header, "is not read here.");
        var bytes = body.IsSingleSegment ? body.First : body.ToArray();
        var call = new RestCall(context, _backend, identity, name, bytes, BaseUrl(context.Request));
        if (!operation.JudgesItself
            && call.CheckAccess(operation.Permission, operation.ResourceOf(call)) is { } denied)
            return denied;
        return await operation.ExecuteAsync(call);
    }

    private static string? UnknownHeader(HttpRequest request, RestOperation operation) => request.Headers.Keys
        .FirstOrDefault(header => header.StartsWith(RestOperation.HeaderPrefix, StringComparison.OrdinalIgnoreCase)
            && !header.Equals(RestAuthenticator.RegionHeader, StringComparison.OrdinalIgnoreCase)
            && !operation.Headers.Any(read => read.EndsWith('-')
                ? header.AsSpan(RestOperation.HeaderPrefix.Length).StartsWith(read, StringComparison.OrdinalIgnoreCase)
                : header.AsSpan(RestOperation.HeaderPrefix.Length).Equals(read, StringComparison.OrdinalIgnoreCase)));

    private string BaseUrl(HttpRequest request) => _options.PublicUrl?.AbsoluteUri.TrimEnd('/')
        ?? $"{request.Scheme}://{(request.Host.HasValue ? request.Host : "localhost")}";
}
