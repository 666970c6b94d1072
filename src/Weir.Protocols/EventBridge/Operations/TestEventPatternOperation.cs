using System.Text;
using Weir.Broker.Routing.Patterns;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers whether a pattern matches an event.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
internal sealed class TestEventPatternOperation : AwsOperation
{
    public override string Name => "TestEventPattern";

    public override ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (EventInput.Required(call, EventMembers.EventPattern) is not { } pattern) return new(call.Fault);
        if (EventInput.Required(call, EventMembers.Event) is not { } text) return new(call.Fault);
        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternOptions.EventBridge);
        if (!parsed.IsOk) return new(EventErrors.InvalidPattern(parsed.Fault.Message));
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (EventDetail.FindMembers(utf8) is not { } members)
            return new(NotValid("it is no JSON object, or nested too deeply"));
        if (Fields.FirstOrDefault(field => !members.Contains(field)) is { } missing)
            return new(NotValid($"{missing} is missing"));
        var fields = EventFields.Rent();
        var matched = new List<bool>();
        if (!fields.TryReadJson(utf8)) return new(NotValid("it is nested too deeply"));
        PatternSet<bool>.Build([(parsed.Value, true)]).Match(fields, matched);
        fields.Return();
        call.Answer.Boolean(EventMembers.Result, matched.Count > 0);
        return default;
    }

    /// <summary>What an event must have to be tested.</summary>
    private static readonly string[] Fields =
        ["id", "account", "source", "time", "region", "resources", "detail-type"];

    private static AwsError NotValid(string reason) =>
        EventErrors.Invalid($"Parameter Event is not valid. Reason: {reason}.");
}
