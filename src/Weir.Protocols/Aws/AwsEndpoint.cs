using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using Weir.Broker.Archives;
using Weir.Broker.Delivery;
using Weir.Broker.Endpoints;
using Weir.Broker.Pipes;
using Weir.Broker.Schedules;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Notifications;
using Weir.Protocols.EventBridge;
using Weir.Protocols.Pipes;
using Weir.Protocols.Scheduler;
using Weir.Protocols.Sns;
using Weir.Protocols.Sns.Push;
using Weir.Protocols.Sqs;

namespace Weir.Protocols.Aws;

/// <summary>
/// Serves the Amazon services on one HTTP path space. An <c>X-Amz-Target</c> header makes a request AWS JSON, the path
/// of an operation REST-JSON, an <c>Action</c> field Query; nothing else is served.
/// </summary>
public sealed class AwsEndpoint
{
    private const string TargetHeader = "X-Amz-Target";

    /// <summary>More than are under way at once on a busy server; each keeps a few KiB.</summary>
    private const int CallsKept = 1024;

    internal static readonly AwsCatalog Catalog =
        new([
            SqsService.Instance, SnsService.Instance, EventBridgeService.Instance, PipesService.Instance,
            SchedulerService.Instance,
        ]);

    private readonly Authenticator _authenticator;
    private readonly ILogger _log;
    private readonly AwsBackend _backend;
    private readonly Admission _admission;
    private readonly int _requestBytesMax;
    private readonly BodyBudget _bodies;
    private readonly DefaultObjectPool<AwsCall> _calls;

    public AwsEndpoint(
        Broker.Broker broker, AwsOptions options, Authenticator authenticator, ILogger<AwsEndpoint> logger)
    {
        _authenticator = authenticator;
        _log = logger;
        _backend = new AwsBackend(broker, logger);
        _admission = new Admission(broker);
        _requestBytesMax = options.RequestBytesMax;
        _bodies = new BodyBudget(Math.Max(options.BodiesBytesMax, options.RequestBytesMax));
        _calls = new DefaultObjectPool<AwsCall>(new CallPolicy(_backend, options.PublicUrl), CallsKept);
    }

    /// <summary>Shared with what else is served, so that all bodies together stay within one bound.</summary>
    internal BodyBudget Bodies => _bodies;

    /// <summary>Shared as well: a tenant's quotas hold for all protocols together.</summary>
    public Admission Admission => _admission;

    /// <summary>Begins to push to the endpoints that are subscribed to topics or are targets of rules.</summary>
    /// <param name="baseUrl">Where endpoints reach Weir to confirm, and to fetch the certificate.</param>
    public void StartPush(PushDispatcher dispatcher, string baseUrl)
    {
        dispatcher.Hold(_admission);
        var push = new PushSubscriptions(_backend.Broker, dispatcher, _backend.Signer, baseUrl.TrimEnd('/'));
        _backend.Topics.SubscriptionsChanged += push.Refresh;
        push.Start();
        var routes = new ApiDestinationRoutes(_backend.Broker, dispatcher);
        _backend.Buses.Changed += routes.Refresh;
        _backend.Endpoints.Changed += routes.Refresh;
        routes.Refresh();
        _backend.IsPushing = true;
    }

    /// <summary>Begins to fire schedules, and rules that have one, with what was missed before.</summary>
    public void StartSchedules(ScheduleClock clock)
    {
        _backend.Schedules.Clock = _backend.ScheduleGroups.Clock = _backend.Buses.Clock = clock;
        clock.Start();
    }

    /// <summary>Begins to run replays of archives, those that a stop of the server left among them.</summary>
    public void StartReplays(ReplayDispatcher dispatcher)
    {
        _backend.OnReplaysChanged = dispatcher.Refresh;
        dispatcher.Refresh();
    }

    /// <summary>Begins to run the pipes that are not stopped.</summary>
    /// <param name="dispatcher">Through which enrichments are called.</param>
    /// <param name="baseUrl">Where Weir is reached, for the envelopes of messages that came from topics.</param>
    /// <returns>To be disposed of before the broker.</returns>
    public PipeRunner StartPipes(PushDispatcher dispatcher, string baseUrl)
    {
        var records = new PipeRecords(_backend.Signer, baseUrl.TrimEnd('/'));
        var runner = new PipeRunner(
            _backend.Broker, records.WriteAsync, new ApiDestinationCaller(_backend.Broker, dispatcher), _log);
        _backend.Pipes.OnChanged = runner.Refresh;
        _backend.PipeTrouble = runner.TroubleOf;
        runner.Start();
        return runner;
    }

    public async Task HandleAsync(HttpContext context)
    {
        var target = context.Request.Headers[TargetHeader].ToString();
        if (target.Length == 0 && AwsHint.IsAskedFor(context.Request))
        {
            await AwsHint.WriteAsync(context.Response);
            return;
        }

        if (SigningKey.IsCertificatePath(context.Request.Path.Value ?? ""))
        {
            await CertificateAnswer.WriteAsync(context, _backend.Signer);
            return;
        }

        var call = _calls.Get();
        var rest = target.Length == 0 ? RestCall.Find(context.Request, Catalog.Routed) : null;
        call.Start(context, target.Length > 0 || rest is not null ? WireDialect.Json : WireDialect.Query);
        var body = default(RequestBody);
        try
        {
            var service = RefusalAtTheDoor(context, target, rest) ?? default;
            if (service.Error is null)
            {
                body = await RequestBody.ReadAsync(context.Request, _requestBytesMax, _bodies);
                service = await ExecuteAsync(call, target, rest, body);
            }

            await AwsAnswer.SendAsync(context, call, service.Service, service.Error);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            call.ReportUnsent();
        }
        catch (IOException e) when (e is ConnectionResetException || context.RequestAborted.IsCancellationRequested)
        {
            call.ReportUnsent();
        }
        catch (Exception e)
        {
            call.ReportUnsent();
            AwsLog.RequestFailed(_log, e, call.RequestId, target);
            if (!context.Response.HasStarted)
            {
                var service = rest?.Target.Service ?? Catalog.Default;
                await AwsAnswer.SendAsync(context, call, service, AwsErrors.InternalFailure);
            }
        }
        finally
        {
            body.Release();
            call.Release();
            _calls.Return(call);
        }
    }

    /// <summary>
    /// Does what a request of AWS JSON would do for an identity that is known already, without its quotas; services
    /// that only speak Query are asked the same way.
    /// </summary>
    /// <param name="service">As in policies.</param>
    /// <param name="input">The members, as a JSON object.</param>
    internal async ValueTask<(ReadOnlyMemory<byte> Answer, AwsError? Error)> CallAsync(
        HttpContext context, AwsIdentity identity, string service, string operation, ReadOnlyMemory<byte> input)
    {
        var target = Catalog.Find(service, operation);
        var call = _calls.Get();
        try
        {
            call.Start(context, WireDialect.Json);
            call.Identity = identity;
            call.ReadInput(new ReadOnlySequence<byte>(input), rest: null);
            var error = call.Fault ?? AccessGate.Check(call, target) ?? call.Fault ?? await DoAsync(call, target);
            return error is null ? (call.AnswerBytes.ToArray(), null) : (default, error);
        }
        finally
        {
            call.Release();
            _calls.Return(call);
        }
    }

    private async ValueTask<(AwsService Service, AwsError? Error)> ExecuteAsync(
        AwsCall call, string target, RestCall? rest, RequestBody body)
    {
        var asked = rest?.Target.Service ?? Catalog.Default;
        if (body.Error is { } unreadable) return (asked, unreadable);
        var auth = _authenticator.Authenticate(call.Request, body.Bytes);
        var anonymous = AnonymousCall.Find(call.Request, _backend.Signer.Links);
        if (anonymous is null && auth.Error is { } refused) return (asked, refused);
        call.Identity = anonymous is { } visitor && !IsSignedBy(visitor, auth) ? visitor : auth.Identity;
        call.ReadInput(body.Bytes, rest);
        var (found, unknown) = rest is not null ? (rest.Target, null)
            : call.Dialect == WireDialect.Json ? FindTarget(target)
            : FindAction(call);
        if (found is null) return (Catalog.Default, unknown);
        if (call.Fault is { } malformed) return (found.Service, malformed);
        var throttled = anonymous is null || call.Identity.IsSigned
            ? TenantDoor.Enter(call.Request.HttpContext, _admission, call.Identity.Account, body.Bytes.Length)
            : _admission.Enter(call.Identity.Account, body.Bytes.Length);
        if (throttled is { } throttle)
            return (found.Service, AwsErrors.TooManyRequests(found.Service, call.Identity.Account, throttle));
        var isVisit = anonymous is not null && !call.Identity.IsSigned;
        if (!isVisit && AccessGate.Check(call, found) is { } denied) return (found.Service, denied);
        return (found.Service, call.Fault ?? await DoAsync(call, found));
    }

    private async ValueTask<AwsError?> DoAsync(AwsCall call, AwsTarget target)
    {
        call.Answer.Begin(target.Service, target.Operation);
        var error = await target.Operation.ExecuteAsync(call);
        if (error is null && target.IsChange) await TellAsync(call, target);
        if (error is null) call.Answer.End(call.RequestId);
        return error;
    }

    /// <summary>Tells who made a change, before it is acknowledged.</summary>
    private ValueTask TellAsync(AwsCall call, AwsTarget target) => _backend.Audit.WriteAsync(
        AuditRules.Entry(
            _backend.Broker.Time.GetUtcNow(), call.Identity, call.Request, target.Action,
            AuditRules.ResourceOf(call.Input)) with
        {
            RequestId = call.RequestId,
        });

    /// <summary>A visit may be signed all the same, by the account of the topic.</summary>
    private static bool IsSignedBy(AwsIdentity visitor, AuthResult auth) => auth.Error is null
        && auth.Identity.IsSigned && auth.Identity.Account == visitor.Account && auth.Identity.Region == visitor.Region;

    /// <summary>
    /// What a tenant without quota left is told before its body is read. Nothing is counted: anybody may claim to be
    /// that tenant.
    /// </summary>
    private (AwsService Service, AwsError? Error)? RefusalAtTheDoor(HttpContext context, string target, RestCall? rest)
    {
        if (!_admission.IsNeeded || _authenticator.ClaimedAccount(context.Request) is not { } account) return null;
        var asked = rest?.Target ?? Catalog.FindTarget(target);
        if (_admission.Look(account, asked?.Operation.AddsMessages == true) is not { } throttle) return null;
        _admission.Refused(account, throttle.Quota);
        var service = asked?.Service ?? Catalog.Default;
        return (service, AwsErrors.TooManyRequests(service, account, throttle));
    }

    private static (AwsTarget?, AwsError?) FindTarget(string target) =>
        Catalog.FindTarget(target) is { } found ? (found, null) : (null, AwsErrors.UnknownOperation(target));

    private static (AwsTarget?, AwsError?) FindAction(AwsCall call)
    {
        var action = call.Input[AwsMembers.Action].Text() ?? "";
        var version = call.Input[AwsMembers.Version].Text() ?? "";
        if (call.Fault is { } malformed) return (null, malformed);
        if (action.Length == 0) return (null, AwsErrors.MissingAction);
        return Catalog.FindAction(action, version) is { } found
            ? (found, null)
            : (null, AwsErrors.InvalidAction(action, version));
    }

    private sealed class CallPolicy(AwsBackend backend, Uri? publicUrl)
        : PooledObjectPolicy<AwsCall>
    {
        public override AwsCall Create() => new(backend, publicUrl);

        public override bool Return(AwsCall obj) => true;
    }
}
