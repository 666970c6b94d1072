using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>The members that connections and API destinations have.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html
internal static class EndpointMembers
{
    public static readonly Member ConnectionArn = new("ConnectionArn");
    public static readonly Member ConnectionState = new("ConnectionState");
    public static readonly Member Connections = new("Connections");
    public static readonly Member AuthorizationType = new("AuthorizationType");
    public static readonly Member AuthParameters = new("AuthParameters");
    public static readonly Member LastAuthorizedTime = new("LastAuthorizedTime");
    public static readonly Member ConnectivityParameters = new("ConnectivityParameters");
    public static readonly Member InvocationConnectivityParameters = new("InvocationConnectivityParameters");
    public static readonly Member BasicAuthParameters = new("BasicAuthParameters");
    public static readonly Member Username = new("Username");
    public static readonly Member Password = new("Password");
    public static readonly Member ApiKeyAuthParameters = new("ApiKeyAuthParameters");
    public static readonly Member ApiKeyName = new("ApiKeyName");
    public static readonly Member ApiKeyValue = new("ApiKeyValue");
    public static readonly Member OAuthParameters = new("OAuthParameters");
    public static readonly Member ClientParameters = new("ClientParameters");
    public static readonly Member ClientID = new("ClientID");
    public static readonly Member ClientSecret = new("ClientSecret");
    public static readonly Member AuthorizationEndpoint = new("AuthorizationEndpoint");
    public static readonly Member OAuthHttpParameters = new("OAuthHttpParameters");
    public static readonly Member InvocationHttpParameters = new("InvocationHttpParameters");
    public static readonly Member HeaderParameters = new("HeaderParameters");
    public static readonly Member QueryStringParameters = new("QueryStringParameters");
    public static readonly Member BodyParameters = new("BodyParameters");
    public static readonly Member IsValueSecret = new("IsValueSecret");
    public static readonly Member HttpMethod = new("HttpMethod");
    public static readonly Member ApiDestinationArn = new("ApiDestinationArn");
    public static readonly Member ApiDestinationState = new("ApiDestinationState");
    public static readonly Member ApiDestinations = new("ApiDestinations");
    public static readonly Member InvocationEndpoint = new("InvocationEndpoint");
    public static readonly Member InvocationRateLimitPerSecond = new("InvocationRateLimitPerSecond");
}
