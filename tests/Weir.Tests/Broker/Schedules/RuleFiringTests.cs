using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Broker.Schedules;
using Weir.Engine;
using Weir.Tests.Protocols.EventBridge;
using Xunit;

namespace Weir.Tests.Broker.Schedules;

public sealed class RuleFiringTests
{
    [Fact]
    public async Task What_is_in_hand_does_not_go_to_a_target_that_was_removed()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q");
        await events.OkAsync("PutRule", """{"Name":"r","ScheduleExpression":"rate(1 minute)"}""");
        await events.TargetsAsync("r", $$"""{"Id":"t","Arn":"{{TestEvents.QueuePrefix}}q"}""");
        var broker = events.Sqs.Broker.Broker;
        var key = RuleDue.KeyOf(new BusName("000000000000", "us-east-1", BusName.Default), "r");
        var due = broker.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        var inHand = new RuleFiring(broker, NullLogger.Instance).Make(key, due, refusal: null)!;
        Assert.Equal(1, inHand.DeliveryCount);
        await events.OkAsync("RemoveTargets", """{"Rule":"r","Ids":["t"]}""");

        var outcome = await new Forwarder(broker, NullLogger.Instance).ForwardAsync(inHand);
        Assert.Equal(FaultCode.ConfigChanged, outcome.Fault?.Code);
        var again = new RuleFiring(broker, NullLogger.Instance).Make(key, due, refusal: null)!;
        Assert.Equal(0, again.DeliveryCount);
        Assert.True((await new Forwarder(broker, NullLogger.Instance).ForwardAsync(again)).IsOk);
    }
}
