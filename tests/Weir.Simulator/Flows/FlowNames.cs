using System.Text;
using System.Text.Json;
using Weir.Broker.Pipes;
using Weir.Broker.Schedules;
using Weir.Broker.Targets;
using Weir.Broker.Topics;
using Weir.Engine;

namespace Weir.Simulator;

// The queues, topic and pipes of a flow, and what its messages look like.
internal static class FlowNames
{
    public const int Source = 0;
    public const int FifoSource = 1;
    public const int Letters = 2;
    public const int FifoLetters = 3;
    public const int Target = 4;
    public const int FifoTarget = 5;
    public const int FirstOfTopic = 6;
    public const int SecondOfTopic = 7;

    // What schedules send.
    public const int Events = 8;
    public const int Slots = 3;

    private const string Account = "111111111111";
    private const string Region = "us-east-1";

    public static readonly QueueName[] Queues =
    [
        Named("s"), Named("s.fifo"), Named("d"), Named("d.fifo"), Named("t"), Named("t.fifo"), Named("t1"), Named("t2"),
        Named("e"),
    ];

    public static readonly TopicName Topic = new(Account, Region, "news");

    public static int LettersOf(int source) => source == Source ? Letters : FifoLetters;

    public static int KindOf(int number) => number % 3;

    public static string GroupOf(int group) => $"g{group}";

    public static PipeName Pipe(int pipe) => new(Account, Region, $"p{pipe}");

    public static ScheduleName Schedule(int slot) =>
        new(new ScheduleGroupName(Account, Region, ScheduleGroupName.Default), $"s{slot}");

    public static ScheduleConfig Config(ScheduleModel model) => new()
    {
        Arn = $"schedule{model.Put.Slot}",
        Expression = model.Expression,
        Description = $"{model.Put.Generation}",
        Target = new ScheduleTarget { Arn = "target", RoleArn = "role", EventAgeSeconds = model.Put.AgeSeconds },
        Messages =
        [
            new ScheduledMessage
            {
                Destination = new Destination { Queue = Queues[Events] },
                Body = $"{model.Put.Generation} <aws.scheduler.scheduled-time>",
            },
        ],
    };

    public static PipeConfig Config(PutPipe put) => new()
    {
        Arn = $"pipe{put.Pipe}",
        SourceArn = Queues[put.Source].Name,
        Source = Queues[put.Source],
        Filters = put.Kind is { } kind ? [$$"""{"body":{"kind":[{{kind}}] } }"""] : [],
        BatchSize = put.BatchSize,
        WindowSeconds = put.WindowSeconds,
        TargetArn = "target",
        RoleArn = "role",
        TargetTemplate = "<$.body>",
        Target = put.Target switch
        {
            PipeTarget.Queue => new Destination { Queue = Queues[Target] },
            PipeTarget.FifoQueue => new Destination
            {
                Queue = Queues[FifoTarget], GroupId = "$.body.group", DeduplicationId = "$.messageId",
            },
            _ => new Destination { Topic = Topic },
        },
    };

    public static byte[] Body(int number, int group, int pad) => Encoding.UTF8.GetBytes(
        $$"""{"n":{{number}},"group":"{{GroupOf(group)}}","kind":{{KindOf(number)}},"pad":"{{new string('x', pad)}}"""
        + "\"}");

    // The number of the message whose body this is.
    public static int NumberOf(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("n").GetInt32();
    }

    private static QueueName Named(string name) => new(Account, Region, name);
}
