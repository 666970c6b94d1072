using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>Writes connections as the operations answer them: never a secret.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html
internal static class ConnectionWriter
{
    public const string Deleting = "DELETING";

    /// <summary>In the order of <see cref="AuthorizationKind"/>.</summary>
    public static readonly string[] Kinds = ["BASIC", "API_KEY", "OAUTH_CLIENT_CREDENTIALS"];

    public static string StateOf(ConnectionConfig connection) =>
        connection.IsAuthorized ? "AUTHORIZED" : "DEAUTHORIZED";

    /// <summary>What all operations answer.</summary>
    public static void WriteState(AwsCall call, EndpointName name, ConnectionConfig connection, string? state = null)
    {
        var answer = call.Answer;
        answer.Text(EndpointMembers.ConnectionArn, EventArn.WriteConnection(name, connection.Id));
        answer.Text(EndpointMembers.ConnectionState, state ?? StateOf(connection));
        answer.Integer(EventMembers.CreationTime, connection.CreatedUnixMs / 1000);
        answer.Integer(EventMembers.LastModifiedTime, connection.ModifiedUnixMs / 1000);
        answer.Integer(EndpointMembers.LastAuthorizedTime, connection.AuthorizedUnixMs / 1000);
    }

    public static void WriteName(AwsCall call, ConnectionConfig connection)
    {
        call.Answer.Text(EventMembers.Name, connection.Name);
        call.Answer.Text(EndpointMembers.AuthorizationType, Kinds[(int)connection.Kind]);
    }

    public static void WriteAuth(AwsCall call, ConnectionConfig connection)
    {
        var answer = call.Answer;
        answer.BeginMap(EndpointMembers.AuthParameters);
        switch (connection.Kind)
        {
            case AuthorizationKind.Basic:
                answer.BeginMap(EndpointMembers.BasicAuthParameters);
                answer.Text(EndpointMembers.Username, connection.Principal);
                break;
            case AuthorizationKind.ApiKey:
                answer.BeginMap(EndpointMembers.ApiKeyAuthParameters);
                answer.Text(EndpointMembers.ApiKeyName, connection.Principal);
                break;
            default:
                answer.BeginMap(EndpointMembers.OAuthParameters);
                answer.BeginMap(EndpointMembers.ClientParameters);
                answer.Text(EndpointMembers.ClientID, connection.Principal);
                answer.EndMap();
                answer.Text(EndpointMembers.AuthorizationEndpoint, connection.TokenEndpoint);
                answer.Text(EndpointMembers.HttpMethod, connection.TokenMethod);
                ConnectionParameters.Write(answer, EndpointMembers.OAuthHttpParameters, connection.TokenParameters);
                break;
        }

        answer.EndMap();
        ConnectionParameters.Write(answer, EndpointMembers.InvocationHttpParameters, connection.Parameters);
        answer.EndMap();
    }
}
