using Weir.Protocols.Aws;
using Weir.Protocols.EventBridge;
using Weir.Protocols.Pipes;
using Weir.Protocols.Scheduler;
using Weir.Protocols.Sns;
using Weir.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Aws;

public sealed class AuditRulesTests
{
    private static readonly string[] ThoseThatCarryMessages =
    [
        "sqs:SendMessage", "sqs:SendMessageBatch", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:DeleteMessageBatch",
        "sqs:ChangeMessageVisibility", "sqs:ChangeMessageVisibilityBatch", "sns:Publish", "sns:PublishBatch",
        "events:PutEvents",
    ];

    private static readonly string[] ThoseThatOnlyLook = ["Get", "List", "Describe", "Check", "Test"];

    /// <summary>A new operation counts as a change unless it says by its name that it only looks.</summary>
    [Fact]
    public void All_that_is_neither_a_message_nor_a_look_is_a_change()
    {
        AwsService[] services =
        [
            SqsService.Instance, SnsService.Instance, EventBridgeService.Instance, PipesService.Instance,
            SchedulerService.Instance,
        ];
        var targets = services.SelectMany(
            service => service.Operations.Values, (service, operation) => new AwsTarget(service, operation)).ToArray();

        Assert.All(ThoseThatCarryMessages, action => Assert.Contains(targets, target => target.Action == action));
        Assert.All(targets, target => Assert.Equal(
            !ThoseThatCarryMessages.Contains(target.Action)
                && !ThoseThatOnlyLook.Any(verb => target.Operation.Name.StartsWith(verb, StringComparison.Ordinal)),
            target.IsChange));
        Assert.Contains(targets, target => target is { Action: "sqs:CreateQueue", IsChange: true });
        Assert.Contains(targets, target => target is { Action: "sqs:PurgeQueue", IsChange: true });
        Assert.Contains(targets, target => target is { Action: "events:StartReplay", IsChange: true });
    }
}
