using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class CreateScheduleGroupTests
{
    [Fact]
    public async Task It_answers_the_arn_and_a_name_is_taken_once()
    {
        await using var scheduler = new TestScheduler();
        var input = new JsonObject { ["ClientToken"] = "t" };
        var answer = await scheduler.OkAsync("POST", "/schedule-groups/g", input);
        Assert.Equal($"{TestScheduler.Prefix}schedule-group/g", answer["ScheduleGroupArn"]!.GetValue<string>());
        await scheduler.OkAsync("POST", "/schedule-groups/g", input);
        await scheduler.RefusedAsync("POST", "/schedule-groups/g", 409, "ConflictException");
        await scheduler.RefusedAsync("POST", "/schedule-groups/default", 409, "ConflictException");
        await scheduler.RefusedAsync("POST", "/schedule-groups/a%20b", 400, "ValidationException");
    }
}
