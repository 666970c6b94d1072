using Weir.Broker.Pipes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes;

/// <summary>Writes what answers tell of a pipe.</summary>
internal static class PipeAnswer
{
    /// <summary>What all answers have.</summary>
    public static void WriteState(AwsCall call, PipeName name, PipeConfig pipe, string? current = null)
    {
        var state = pipe.IsStopped ? "STOPPED" : "RUNNING";
        call.Answer.Text(PipeMembers.Arn, PipeArn.Write(name));
        call.Answer.Text(PipeMembers.Name, name.Name);
        call.Answer.Text(PipeMembers.DesiredState, state);
        call.Answer.Text(PipeMembers.CurrentState, current ?? state);
        call.Answer.Integer(PipeMembers.CreationTime, pipe.CreatedUnixMs / 1000);
        call.Answer.Integer(PipeMembers.LastModifiedTime, pipe.ModifiedUnixMs / 1000);
    }

    /// <summary>What DescribePipe and ListPipes have beside it.</summary>
    public static void WriteEnds(AwsCall call, PipeName name, PipeConfig pipe)
    {
        call.Answer.Text(PipeMembers.Source, pipe.SourceArn);
        call.Answer.Text(PipeMembers.Target, pipe.TargetArn);
        if (call.Backend.PipeTrouble(name) is { } trouble) call.Answer.Text(PipeMembers.StateReason, trouble);
    }

    public static void WriteParameters(AwsCall call, PipeConfig pipe)
    {
        var answer = call.Answer;
        answer.BeginMap(PipeMembers.SourceParameters);
        answer.BeginMap(PipeMembers.SqsQueueParameters);
        answer.Integer(PipeMembers.BatchSize, pipe.BatchSize);
        answer.Integer(PipeMembers.Window, pipe.WindowSeconds);
        answer.EndMap();
        if (pipe.Filters.Count > 0)
        {
            answer.BeginMap(PipeMembers.FilterCriteria);
            answer.BeginList(PipeMembers.Filters);
            foreach (var filter in pipe.Filters)
            {
                answer.BeginItem();
                answer.Text(PipeMembers.Pattern, filter);
                answer.EndItem();
            }

            answer.EndList();
            answer.EndMap();
        }

        answer.EndMap();
        answer.BeginMap(PipeMembers.TargetParameters);
        if (pipe.TargetTemplate is { } template) answer.Text(PipeMembers.InputTemplate, template);
        WriteTarget(call, pipe);
        answer.EndMap();
    }

    private static void WriteTarget(AwsCall call, PipeConfig pipe)
    {
        var (answer, target) = (call.Answer, pipe.Target);
        if (target.Queue is not null && (target.GroupId ?? target.DeduplicationId) is not null)
        {
            answer.BeginMap(PipeMembers.SqsQueueParameters);
            if (target.GroupId is { } group) answer.Text(PipeMembers.MessageGroupId, group);
            if (target.DeduplicationId is { } id) answer.Text(PipeMembers.MessageDeduplicationId, id);
            answer.EndMap();
        }

        if (target.Bus is null) return;
        answer.BeginMap(PipeMembers.BusParameters);
        answer.Text(PipeMembers.EventSource, target.Source);
        answer.Text(PipeMembers.DetailType, target.DetailType);
        if (target.Resources is { } resources)
        {
            answer.BeginList(PipeMembers.Resources);
            foreach (var resource in resources) answer.Item(resource);
            answer.EndList();
        }

        answer.EndMap();
    }
}
