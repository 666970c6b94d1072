using System.Text;
using Weir.Broker.Archives;
using Weir.Broker.Buses;
using Weir.Broker.Routing.Patterns;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads what the operations on archives and replays ask for; null with the fault noted in the call.</summary>
internal static class ArchiveInput
{
    private const string NamePattern = @"[\.\-_A-Za-z0-9]+";
    private const int PatternLengthMax = 4096;

    public static string? Archive(AwsCall call)
    {
        if (EventInput.Required(call, EventMembers.ArchiveName) is not { } text) return null;
        if (NameText.IsArchive(text)) return text;
        call.Refuse(EventErrors.Constraint(text, EventMembers.ArchiveName.Name, text.Length > NameText.ArchiveLengthMax
            ? $"Member must have length less than or equal to {NameText.ArchiveLengthMax}"
            : $"Member must satisfy regular expression pattern: {NamePattern}"));
        return null;
    }

    /// <summary>Replays' names follow the rules of rules' names.</summary>
    public static string? Replay(AwsCall call) => EventInput.Rule(call, EventMembers.ReplayName);

    /// <summary>The bus of an ARN that must be there and be one of the caller's.</summary>
    public static BusName? Bus(AwsCall call, InputValue input, Member member)
    {
        if (EventInput.Required(call, input, member) is not { } arn) return null;
        if (EventArn.ParseBus(arn) is not { } bus)
            call.Refuse(NotValid(member, $"{arn} is no ARN of an event bus"));
        else if ((bus.Account, bus.Region) != (call.Identity.Account, call.Identity.Region))
            call.Refuse(EventErrors.NotOwn(arn));
        else return bus;
        return null;
    }

    /// <summary>What an archive's attributes make of its configuration.</summary>
    public static Func<ArchiveConfig, ArchiveConfig>? Attributes(AwsCall call)
    {
        var description = EventInput.Description(call);
        var pattern = EventInput.Optional(call, call.Input, EventMembers.EventPattern, PatternLengthMax);
        var days = call.Input[EventMembers.RetentionDays].Integer();
        var key = call.Input[EventMembers.KmsKeyIdentifier].Text();
        if (call.Fault is not null) return null;
        if (!string.IsNullOrEmpty(key))
            call.Refuse(EventErrors.Unserved("KmsKeyIdentifier", "it encrypts with no keys of customers."));
        else if (days is < 0 or > ArchiveConfig.RetentionDaysMax)
        {
            call.Refuse(EventErrors.Constraint(
                $"{days}", "RetentionDays", $"Member must be between 0 and {ArchiveConfig.RetentionDaysMax}"));
        }
        else if (!string.IsNullOrEmpty(pattern)
            && Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternOptions.EventBridge) is { IsOk: false } wrong)
        {
            call.Refuse(EventErrors.InvalidPattern(wrong.Fault.Message));
        }

        if (call.Fault is not null) return null;
        return archive => archive with
        {
            Description = description ?? archive.Description,
            Pattern = pattern is null ? archive.Pattern : pattern.Length == 0 ? null : pattern,
            RetentionDays = days ?? archive.RetentionDays,
        };
    }

    /// <summary>Milliseconds since 1970; 0 with the fault noted.</summary>
    public static long Time(AwsCall call, Member member)
    {
        var seconds = call.Input[member].Number();
        if (call.Fault is not null) return 0;
        if (seconds is not { } value) call.Refuse(EventErrors.Missing(member.Name));
        else if (value < 0 || value > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            call.Refuse(NotValid(member, "it is out of range"));
        else return (long)(value * 1000);
        return 0;
    }

    public static AwsError NotValid(Member member, string reason) =>
        EventErrors.Invalid($"Parameter {member.Name} is not valid. Reason: {reason}.");
}
