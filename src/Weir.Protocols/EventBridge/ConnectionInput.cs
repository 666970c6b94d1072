using Weir.Broker.Endpoints;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>What a request says of a connection; null: nothing, so it stays as it is.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateConnection.html
internal sealed record ConnectionInput
{
    private const int TextLengthMax = 512;

    private AuthorizationKind? Kind { get; init; }

    /// <summary>That which the parameters are of.</summary>
    private AuthorizationKind? GivenKind { get; init; }

    private string? Description { get; init; }

    private string? Principal { get; init; }

    private SecretText? Secret { get; init; }

    private string? TokenEndpoint { get; init; }

    private string? TokenMethod { get; init; }

    private IReadOnlyList<HttpParameter>? TokenParameters { get; init; }

    private IReadOnlyList<HttpParameter>? Parameters { get; init; }

    /// <summary>Null with the fault noted in the call.</summary>
    public static ConnectionInput? Read(AwsCall call)
    {
        var auth = call.Input[EndpointMembers.AuthParameters];
        var unserved = EndpointInput.Unserved(
                call.Input, EndpointMembers.InvocationConnectivityParameters, EventMembers.KmsKeyIdentifier)
            ?? EndpointInput.Unserved(auth, EndpointMembers.ConnectivityParameters);
        if (unserved is not null) call.Refuse(unserved);
        var (basic, key, oauth) = (auth[EndpointMembers.BasicAuthParameters],
            auth[EndpointMembers.ApiKeyAuthParameters], auth[EndpointMembers.OAuthParameters]);
        var present = new[] { basic, key, oauth };
        if (present.Count(each => !each.IsAbsent) > 1)
            call.Refuse(EventErrors.Invalid("AuthParameters has those of more than one authorization type."));
        var given = Array.FindIndex(present, each => !each.IsAbsent);
        var kind = EndpointInput.OneOf(
            call, call.Input, EndpointMembers.AuthorizationType, ConnectionWriter.Kinds);
        var client = oauth[EndpointMembers.ClientParameters];
        var secret = Hidden(call, basic, EndpointMembers.Password) ?? Hidden(call, key, EndpointMembers.ApiKeyValue)
            ?? Hidden(call, client, EndpointMembers.ClientSecret);
        var input = new ConnectionInput
        {
            Kind = kind is null ? null : (AuthorizationKind)Array.IndexOf(ConnectionWriter.Kinds, kind),
            GivenKind = given < 0 ? null : (AuthorizationKind)given,
            Description = EventInput.Description(call),
            Principal = Text(call, basic, EndpointMembers.Username) ?? Text(call, key, EndpointMembers.ApiKeyName)
                ?? Text(call, client, EndpointMembers.ClientID),
            Secret = secret is null ? null : SecretText.Plain(secret),
            TokenEndpoint = oauth[EndpointMembers.AuthorizationEndpoint].Text(),
            TokenMethod = EndpointInput.OneOf(call, oauth, EndpointMembers.HttpMethod, "GET", "POST", "PUT"),
            TokenParameters = ConnectionParameters.Read(call, oauth[EndpointMembers.OAuthHttpParameters]),
            Parameters = ConnectionParameters.Read(call, auth[EndpointMembers.InvocationHttpParameters]),
        };
        return call.Fault is null ? input : null;
    }

    /// <summary>The connection as it then is, or what is wrong with it.</summary>
    /// <param name="isNew">The type must be said, and all that belongs to it.</param>
    public Outcome<ConnectionConfig> ApplyTo(ConnectionConfig present, bool isNew, DateTimeOffset now)
    {
        if (isNew && Kind is null) return Wrong(EventErrors.Missing(EndpointMembers.AuthorizationType.Name).Message);
        var kind = Kind ?? present.Kind;
        if (GivenKind is { } given && given != kind)
            return Wrong("AuthParameters is not that of the authorization type.");
        var isAnother = isNew || kind != present.Kind;
        var start = isAnother
            ? present with
            {
                Principal = "", Secret = null, TokenEndpoint = null, TokenMethod = null, TokenParameters = [],
            }
            : present;
        var config = start with
        {
            Kind = kind,
            Description = Description ?? present.Description,
            Principal = Principal ?? start.Principal,
            Secret = Secret ?? start.Secret,
            TokenEndpoint = TokenEndpoint ?? start.TokenEndpoint,
            TokenMethod = TokenMethod ?? start.TokenMethod,
            TokenParameters = TokenParameters ?? start.TokenParameters,
            Parameters = Parameters ?? start.Parameters,
            AuthorizedUnixMs = Secret is null ? start.AuthorizedUnixMs : now.ToUnixTimeMilliseconds(),
        };
        return Check(config, isAnother) is { } wrong ? Wrong(wrong) : config;
    }

    private static string? Check(ConnectionConfig config, bool isAnother)
    {
        if (config.Principal.Length == 0 || (isAnother && config.Secret is null))
            return $"AuthParameters must have all that {ConnectionWriter.Kinds[(int)config.Kind]} needs.";
        if (config.Kind == AuthorizationKind.Basic && config.Principal.Contains(':', StringComparison.Ordinal))
            return "Username must not contain a colon, which ends it.";
        if (config.Kind == AuthorizationKind.ApiKey && !HeaderRules.Allows(config.Principal))
            return $"ApiKeyName {config.Principal} is no header that may be set.";
        if (config.Kind == AuthorizationKind.ApiKey && config.Secret is { MayBeHeader: false })
            return "ApiKeyValue cannot be the value of a header.";
        if (config.Kind != AuthorizationKind.OAuth) return null;
        if (config.TokenEndpoint is null || config.TokenMethod is null)
            return "OAuthParameters needs AuthorizationEndpoint and HttpMethod.";
        return EndpointInput.CheckAddress(EndpointMembers.AuthorizationEndpoint, config.TokenEndpoint)?.Message;
    }

    private static string? Text(AwsCall call, InputValue input, Member member) =>
        NotEmpty(call, member, EventInput.Optional(call, input, member, TextLengthMax));

    private static string? Hidden(AwsCall call, InputValue input, Member member) =>
        NotEmpty(call, member, EventInput.Hidden(call, input, member, TextLengthMax));

    private static string? NotEmpty(AwsCall call, Member member, string? text)
    {
        if (text?.Length == 0) call.Refuse(EventErrors.Missing(member.Name));
        return text;
    }

    private static Fault Wrong(string message) => new(FaultCode.InvalidValue, message);
}
