using System.Collections.Immutable;
using Weir.Broker.Buses;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>The tags of buses and rules.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Tag.html
internal static class EventTags
{
    private const int TagsMax = 50;
    private const int ValueLengthMax = 256;

    public static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The tags, or null with the fault noted in the call.</summary>
    public static ImmutableSortedDictionary<string, string>? Read(AwsCall call)
    {
        var tags = None;
        foreach (var item in call.Input[EventMembers.Tags].Items())
        {
            var key = item[EventMembers.Key].Text();
            var value = item[EventMembers.Value].Text();
            if (call.Fault is not null) return null;
            if (key is null || value is null) call.Refuse(EventErrors.Missing("Tags"));
            else if (TagReader.CheckKey(key) is { } wrong) call.Refuse(EventErrors.From(wrong));
            else if (value.Length > ValueLengthMax)
                call.Refuse(EventErrors.Invalid($"The value of tag {key} is longer than {ValueLengthMax} characters."));
            else if (tags.ContainsKey(key)) call.Refuse(EventErrors.Invalid($"The tag {key} is there twice."));
            else tags = tags.Add(key, value);
            if (call.Fault is not null) return null;
        }

        if (call.Fault is null && tags.Count > TagsMax) call.Refuse(TooMany);
        return call.Fault is null ? tags : null;
    }

    /// <summary>Changes the tags of the bus or rule that a request names by its ARN.</summary>
    public static async ValueTask<AwsError?> EditAsync(
        AwsCall call, string arn,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> edit)
    {
        AwsError? full = null;
        Outcome<Done> outcome;
        if (EventArn.ParseBus(arn) is { } bus)
        {
            if (!IsOwn(call, bus)) return EventErrors.NotOwn(arn);
            outcome = await call.Backend.Buses.ConfigureAsync(bus, config => Edit(config.Tags) is { } tags
                ? config with { Tags = tags }
                : new Fault(FaultCode.InFlightLimit, ""));
        }
        else if (EventArn.ParseRule(arn) is { } rule)
        {
            if (!IsOwn(call, rule.Bus)) return EventErrors.NotOwn(arn);
            outcome = await call.Backend.Buses.ConfigureRuleAsync(rule.Bus, rule.Rule, config =>
                Edit(config.Tags) is { } tags
                    ? config with { Tags = tags }
                    : new Fault(FaultCode.InFlightLimit, ""));
        }
        else
        {
            return NotTaggable(arn);
        }

        return full ?? (outcome.IsOk ? null : EventErrors.From(outcome.Fault));

        ImmutableSortedDictionary<string, string>? Edit(ImmutableSortedDictionary<string, string> present)
        {
            var edited = edit(present);
            full = edited.Count > TagsMax ? TooMany : null;
            return full is null ? edited : null;
        }
    }

    /// <summary>The tags of the bus or rule that an ARN names.</summary>
    public static async ValueTask<(ImmutableSortedDictionary<string, string>? Tags, AwsError? Error)> FindAsync(
        AwsCall call, string arn)
    {
        if (EventArn.ParseBus(arn) is { } bus)
        {
            if (!IsOwn(call, bus)) return (null, EventErrors.NotOwn(arn));
            var found = await call.Backend.Buses.GetAsync(bus);
            return found.IsOk ? (found.Value.Config.Tags, null) : (null, EventErrors.From(found.Fault));
        }

        if (EventArn.ParseRule(arn) is not { } rule) return (null, NotTaggable(arn));
        if (!IsOwn(call, rule.Bus)) return (null, EventErrors.NotOwn(arn));
        var outcome = await call.Backend.Buses.GetRuleAsync(rule.Bus, rule.Rule);
        return outcome.IsOk ? (outcome.Value.Tags, null) : (null, EventErrors.From(outcome.Fault));
    }

    private static AwsError TooMany { get; } = EventErrors.Limit($"A resource has at most {TagsMax} tags.");

    private static AwsError NotTaggable(string arn) =>
        EventErrors.Invalid($"{arn} is no ARN of an event bus or a rule.");

    private static bool IsOwn(AwsCall call, BusName bus) =>
        bus.Account == call.Identity.Account && bus.Region == call.Identity.Region;
}
