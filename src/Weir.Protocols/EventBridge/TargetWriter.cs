using Weir.Broker.Buses;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Writes a target as it was put.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
internal static class TargetWriter
{
    public static void Write(AwsCall call, TargetConfig target)
    {
        var answer = call.Answer;
        answer.Text(EventMembers.Id, target.Id);
        answer.Text(EventMembers.Arn, target.Arn);
        Write(answer, EventMembers.RoleArn, target.RoleArn);
        Write(answer, EventMembers.Input, target.Input);
        Write(answer, EventMembers.InputPath, target.InputPath);
        if (target.Transformer is { } transformer) Write(answer, transformer);
        if (target.Http is { } http) HttpTarget.Write(answer, http);
        if (target.GroupId is { } group)
        {
            answer.BeginMap(EventMembers.SqsParameters);
            answer.Text(EventMembers.MessageGroupId, group);
            answer.EndMap();
        }

        if (target.DeadLetterQueue is { } queue)
        {
            answer.BeginMap(EventMembers.DeadLetterConfig);
            answer.Text(EventMembers.Arn, QueueArn.Write(queue));
            answer.EndMap();
        }

        WriteRetry(answer, target);
    }

    private static void Write(AnswerWriter answer, TransformerConfig transformer)
    {
        answer.BeginMap(EventMembers.InputTransformer);
        answer.BeginMap(EventMembers.InputPathsMap);
        foreach (var (name, path) in transformer.Paths) answer.Entry(name, path);
        answer.EndMap();
        answer.Text(EventMembers.InputTemplate, transformer.Template);
        answer.EndMap();
    }

    private static void WriteRetry(AnswerWriter answer, TargetConfig target)
    {
        if (target.RetryAttemptsMax is null && target.RetryAgeMaxSeconds is null) return;
        answer.BeginMap(EventMembers.RetryPolicy);
        if (target.RetryAttemptsMax is { } attempts) answer.Integer(EventMembers.MaximumRetryAttempts, attempts);
        if (target.RetryAgeMaxSeconds is { } age) answer.Integer(EventMembers.MaximumEventAgeInSeconds, age);
        answer.EndMap();
    }

    private static void Write(AnswerWriter answer, Member member, string? text)
    {
        if (text is not null) answer.Text(member, text);
    }
}
