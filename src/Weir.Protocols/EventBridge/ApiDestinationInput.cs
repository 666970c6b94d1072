using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads what a request says of an API destination; what it leaves out stays as it is.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html
internal static class ApiDestinationInput
{
    private static readonly string[] Methods = ["POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];

    /// <summary>Null with the fault noted in the call.</summary>
    /// <param name="isNew">Connection, endpoint and method must be there.</param>
    public static Func<ApiDestinationConfig, ApiDestinationConfig>? Read(AwsCall call, bool isNew)
    {
        var description = EventInput.Description(call);
        var method = EndpointInput.OneOf(call, call.Input, EndpointMembers.HttpMethod, Methods);
        var endpoint = call.Input[EndpointMembers.InvocationEndpoint].Text();
        var arn = call.Input[EndpointMembers.ConnectionArn].Text();
        var rate = call.Input[EndpointMembers.InvocationRateLimitPerSecond].Integer();
        if (call.Fault is not null) return null;
        var missing = !isNew ? null
            : arn is null ? EndpointMembers.ConnectionArn
            : endpoint is null ? EndpointMembers.InvocationEndpoint
            : method is null ? EndpointMembers.HttpMethod
            : null;
        if (missing is not null) call.Refuse(EventErrors.Missing(missing.Name));
        if (endpoint is not null && EndpointInput.CheckAddress(EndpointMembers.InvocationEndpoint, endpoint) is { } bad)
            call.Refuse(bad);
        if (rate < 1)
        {
            call.Refuse(EventErrors.Constraint(
                $"{rate}", EndpointMembers.InvocationRateLimitPerSecond.Name, "Member must be at least 1"));
        }

        var connection = arn is null ? null : EventArn.ParseConnection(arn);
        var isOwn = connection is { } found
            && (found.Name.Account, found.Name.Region) == (call.Identity.Account, call.Identity.Region);
        if (arn is not null && !isOwn)
            call.Refuse(EventErrors.Invalid($"{arn} is no ARN of a connection of this account and region."));
        return call.Fault is not null ? null : present => present with
        {
            Description = description ?? present.Description,
            Method = method ?? present.Method,
            Endpoint = endpoint ?? present.Endpoint,
            RatePerSecond = rate ?? present.RatePerSecond,
            Connection = connection?.Name.Name ?? present.Connection,
            ConnectionId = connection?.Id ?? present.ConnectionId,
        };
    }
}
