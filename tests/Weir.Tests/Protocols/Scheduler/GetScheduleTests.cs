using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class GetScheduleTests
{
    [Fact]
    public async Task It_answers_what_was_put()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("dead");
        await scheduler.OkAsync("POST", "/schedule-groups/g");
        await scheduler.Sqs.CreateAsync("s");
        var target = TestScheduler.Target(TestScheduler.QueuePrefix + "s", "in", JsonNode.Parse(
            """
            {"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:dead"},
             "RetryPolicy":{"MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":3},
             "SqsParameters":{"MessageGroupId":"fair"}}
            """)!.AsObject());
        await scheduler.OkAsync("POST", "/schedules/s", TestScheduler.Input("s", "cron(0 8 * * ? *)", new JsonObject
        {
            ["GroupName"] = "g",
            ["ScheduleExpressionTimezone"] = "Europe/Berlin",
            ["StartDate"] = 1_800_000_000.5,
            ["EndDate"] = 1_900_000_000,
            ["Description"] = "d",
            ["State"] = "DISABLED",
            ["ActionAfterCompletion"] = "DELETE",
            ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "FLEXIBLE", ["MaximumWindowInMinutes"] = 5 },
            ["Target"] = target,
        }));
        var expected = JsonNode.Parse(
            """
            {"Arn":"arn:aws:scheduler:us-east-1:000000000000:schedule/g/s","GroupName":"g","Name":"s",
             "State":"DISABLED","CreationDate":1767225600,"LastModificationDate":1767225600,
             "ScheduleExpression":"cron(0 8 * * ? *)","ScheduleExpressionTimezone":"Europe/Berlin",
             "ActionAfterCompletion":"DELETE","Description":"d","StartDate":1800000000,"EndDate":1900000000,
             "FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":5},
             "Target":{"Arn":"arn:aws:sqs:us-east-1:000000000000:s","RoleArn":"arn:aws:iam::000000000000:role/r",
              "Input":"in","RetryPolicy":{"MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":3},
              "DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:dead"},
              "SqsParameters":{"MessageGroupId":"fair"}}}
            """);
        for (var i = 0; i < 2; i++)
        {
            var answer = await scheduler.OkAsync("GET", "/schedules/s?groupName=g");
            Assert.True(JsonNode.DeepEquals(expected, answer), $"{answer}");
            await scheduler.RestartAsync();
        }

        await scheduler.RefusedAsync("GET", "/schedules/s", 404, "ResourceNotFoundException");
    }
}
