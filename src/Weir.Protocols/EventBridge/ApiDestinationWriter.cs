using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>Writes API destinations as the operations answer them.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeApiDestination.html
internal static class ApiDestinationWriter
{
    /// <summary>What creating and updating answer.</summary>
    public static void WriteState(AwsCall call, EndpointName name, ApiDestinationConfig destination, bool isActive)
    {
        var answer = call.Answer;
        answer.Text(EndpointMembers.ApiDestinationArn, EventArn.WriteApiDestination(name, destination.Id));
        answer.Text(EndpointMembers.ApiDestinationState, isActive ? "ACTIVE" : "INACTIVE");
        answer.Integer(EventMembers.CreationTime, destination.CreatedUnixMs / 1000);
        answer.Integer(EventMembers.LastModifiedTime, destination.ModifiedUnixMs / 1000);
    }

    /// <summary>What listing answers of each beside its state.</summary>
    public static void Write(AwsCall call, EndpointName name, ApiDestinationConfig destination)
    {
        var answer = call.Answer;
        answer.Text(EventMembers.Name, destination.Name);
        answer.Text(EndpointMembers.ConnectionArn, ConnectionArn(name, destination));
        answer.Text(EndpointMembers.InvocationEndpoint, destination.Endpoint);
        answer.Text(EndpointMembers.HttpMethod, destination.Method);
        answer.Integer(EndpointMembers.InvocationRateLimitPerSecond, destination.RatePerSecond);
    }

    public static string ConnectionArn(EndpointName name, ApiDestinationConfig destination) =>
        EventArn.WriteConnection(name with { Name = destination.Connection }, destination.ConnectionId);
}
