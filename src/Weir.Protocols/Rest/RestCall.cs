using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Rest;

/// <summary>One request on its way through an operation.</summary>
/// <param name="Name">What the path names, decoded: a queue, a topic, a bus, a message.</param>
/// <param name="Body">Valid until the request is answered.</param>
/// <param name="BaseUrl">What URLs in answers begin with, without a slash at its end.</param>
internal sealed record RestCall(
    HttpContext Context, RestBackend Backend, AwsIdentity Identity, string Name, ReadOnlyMemory<byte> Body,
    string BaseUrl)
{
    public Broker.Broker Broker => Backend.Broker;

    public string? ContentType => Context.Request.ContentType is { Length: > 0 } type ? type : null;

    /// <summary>Tells who makes a change, before it is acknowledged.</summary>
    /// <param name="action">The operation, without the service.</param>
    public ValueTask TellAsync(string action, string? resource = null) => Backend.Audit.WriteAsync(AuditRules.Entry(
        Broker.Time.GetUtcNow(), Identity, Context.Request, $"weir:{action}", resource ?? Name));

    /// <summary>Why the caller may not do it; null when it may.</summary>
    public Problem? CheckAccess(
        string permission, AwsResource resource, IReadOnlyDictionary<string, string>? keys = null)
    {
        var decision = AccessGate.Decide(
            Identity, Context.Request, Broker.Time.GetUtcNow(), permission, resource, keys, out _);
        return decision.IsAllowed
            ? null
            : Problems.NotAllowed(AccessGate.Reason(Identity, permission, resource.Arn, decision));
    }

    /// <summary>A header's value; null when it is not there or empty.</summary>
    public string? Header(string name) =>
        Context.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    public string StatusUrl(MessageToken token) =>
        $"{BaseUrl}{RestRoutes.Messages}{Backend.Tokens.Write(token, Identity.Account)}";

    public string ReplyUrl(Guid message) => $"{BaseUrl}{RestRoutes.Replies}{message}";
}
