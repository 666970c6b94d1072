using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Weir.Broker.Buses;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads what PutTargets says of a target.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
internal static class TargetReader
{
    private const int ArnLengthMax = 1600;
    private const int InputLengthMax = 8192;
    private const int InputPathLengthMax = 256;
    private const int GroupIdLengthMax = 100;

    /// <summary>What only targets have that Weir has not.</summary>
    private static readonly Member[] Unserved =
    [
        new("KinesisParameters"), new("RunCommandParameters"), new("EcsParameters"), new("BatchParameters"),
        new("RedshiftDataParameters"), new("SageMakerPipelineParameters"),
        new("AppSyncParameters"),
    ];

    /// <summary>The target without its destination, or null with the fault noted in the call.</summary>
    public static TargetConfig? Read(AwsCall call, InputValue input)
    {
        if (EventInput.Required(call, input, EventMembers.Id) is not { } id) return null;
        if (EventInput.Required(call, input, EventMembers.Arn) is not { } arn) return null;
        if (!NameText.IsRule(id) || arn.Length > ArnLengthMax)
        {
            call.Refuse(EventErrors.Invalid(
                $"A target needs an Id of 1 to {NameText.RuleLengthMax} letters, digits and . - _, "
                + "and an Arn of at most "
                + $"{ArnLengthMax} characters."));
            return null;
        }

        var retry = input[EventMembers.RetryPolicy];
        var target = new TargetConfig
        {
            Id = id,
            Arn = arn,
            GroupId = EventInput.Optional(
                call, input[EventMembers.SqsParameters], EventMembers.MessageGroupId, GroupIdLengthMax),
            Input = EventInput.Optional(call, input, EventMembers.Input, InputLengthMax),
            InputPath = EventInput.Optional(call, input, EventMembers.InputPath, InputPathLengthMax),
            Transformer = ReadTransformer(call, input[EventMembers.InputTransformer]),
            Http = HttpTarget.Read(input[HttpTarget.Member]),
            RoleArn = EventInput.Optional(call, input, EventMembers.RoleArn, ArnLengthMax),
            RetryAttemptsMax = Range(call, retry, EventMembers.MaximumRetryAttempts, 0, 185),
            RetryAgeMaxSeconds = Range(call, retry, EventMembers.MaximumEventAgeInSeconds, 60, 86_400),
        };
        return call.Fault is null ? target : null;
    }

    /// <summary>What is wrong with this target alone; null when nothing is.</summary>
    public static AwsError? Check(InputValue input, TargetConfig target)
    {
        foreach (var member in Unserved)
        {
            if (!input[member].IsAbsent)
                return EventErrors.Unserved(member.Name, "it has no targets that take them.");
        }

        var inputs = new object?[] { target.Input, target.InputPath, target.Transformer };
        if (inputs.Count(each => each is not null) > 1)
        {
            return EventErrors.Invalid(
                $"Only one of Input, InputPath, or InputTransformer must be provided for target {target.Id}.");
        }

        if (target.Input is { } text && !IsJson(text))
            return EventErrors.Invalid($"JSON syntax error in input for target {target.Id}.");
        if (target.Transformer is { } transformer && !IsAllowed(transformer.Template))
        {
            return EventErrors.Invalid(
                $"The template for target {target.Id} has characters that messages cannot have.");
        }

        if (target.Http is { } http && HttpTarget.Check(http) is { } wrong) return EventErrors.Invalid(wrong);
        return target.CheckInput() is { } fault ? EventErrors.From(fault) : null;
    }

    private static TransformerConfig? ReadTransformer(AwsCall call, InputValue input)
    {
        if (input.IsAbsent) return null;
        if (EventInput.Required(call, input, EventMembers.InputTemplate) is not { } template) return null;
        var paths = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in input[EventMembers.InputPathsMap].Entries(EventMembers.InputPathsMap))
        {
            if (entry.Text() is not { } path) return null;
            paths[entry.Name] = path;
        }

        return new TransformerConfig { Paths = paths.ToImmutable(), Template = template };
    }

    private static int? Range(AwsCall call, InputValue input, Member member, int min, int max)
    {
        var value = input[member].Integer();
        if (value is { } number && (number < min || number > max))
        {
            call.Refuse(EventErrors.Constraint(
                $"{number}", member.Name, $"Member must have value between {min} and {max}"));
        }

        return value;
    }

    private static bool IsJson(string text)
    {
        if (!IsAllowed(text)) return false;
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsAllowed(string text) => MessageText.IsAllowed(Encoding.UTF8.GetBytes(text));
}
