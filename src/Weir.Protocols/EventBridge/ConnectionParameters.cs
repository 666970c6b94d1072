using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads and writes what goes with the requests of a connection; a secret value is not written.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ConnectionHttpParameters.html
internal static class ConnectionParameters
{
    private const int TextLengthMax = 512;

    private static readonly (Member Member, HttpPart Part)[] Parts =
    [
        (EndpointMembers.HeaderParameters, HttpPart.Header),
        (EndpointMembers.QueryStringParameters, HttpPart.Query),
        (EndpointMembers.BodyParameters, HttpPart.Body),
    ];

    /// <summary>Null when there are none said; what is wrong is noted in the call.</summary>
    public static List<HttpParameter>? Read(AwsCall call, InputValue input)
    {
        if (input.IsAbsent) return null;
        var parameters = new List<HttpParameter>();
        foreach (var (member, part) in Parts)
        {
            var before = parameters.Count;
            foreach (var item in input[member].Items())
            {
                if (Read(call, item, part) is not { } parameter) return null;
                parameters.Add(parameter);
            }

            if (parameters.Count - before > ConnectionConfig.ParametersMax)
            {
                call.Refuse(EventErrors.Invalid(
                    $"{member.Name} has more than {ConnectionConfig.ParametersMax} parameters."));
            }
        }

        return parameters;
    }

    public static void Write(AnswerWriter answer, Member around, IReadOnlyList<HttpParameter> parameters)
    {
        if (parameters.Count == 0) return;
        answer.BeginMap(around);
        foreach (var (member, part) in Parts)
        {
            answer.BeginList(member);
            foreach (var parameter in parameters.Where(parameter => parameter.Part == part))
            {
                answer.BeginItem();
                answer.Text(EventMembers.Key, parameter.Name);
                if (parameter.Secret is null) answer.Text(EventMembers.Value, parameter.Value);
                answer.Boolean(EndpointMembers.IsValueSecret, parameter.Secret is not null);
                answer.EndItem();
            }

            answer.EndList();
        }

        answer.EndMap();
    }

    private static HttpParameter? Read(AwsCall call, InputValue item, HttpPart part)
    {
        if (EventInput.Required(call, item, EventMembers.Key) is not { } name) return null;
        var value = EventInput.Hidden(call, item, EventMembers.Value, TextLengthMax) ?? "";
        var isSecret = item[EndpointMembers.IsValueSecret].Boolean() ?? false;
        if (part == HttpPart.Header && (!HeaderRules.Allows(name) || !HeaderRules.AllowsValue(value)))
            call.Refuse(EventErrors.Invalid($"The header {name} may not be set, or not to that value."));
        return call.Fault is not null ? null : new HttpParameter
        {
            Part = part,
            Name = name,
            Value = isSecret ? null : value,
            Secret = isSecret ? SecretText.Plain(value) : null,
        };
    }
}
