using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class DeleteScheduleGroupTests
{
    [Fact]
    public async Task Its_schedules_go_with_it()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", "/schedule-groups/g");
        await scheduler.ScheduleAsync("s", "cron(30 0 * * ? *)", new JsonObject { ["GroupName"] = "g" });
        await scheduler.OkAsync("DELETE", "/schedule-groups/g");
        Assert.Equal(0, scheduler.Clock.Count);
        await scheduler.RestartAsync(TimeSpan.FromHours(1));
        Assert.Empty(await scheduler.BodiesAsync("s"));
        await scheduler.RefusedAsync("DELETE", "/schedule-groups/g", 404, "ResourceNotFoundException");
        await scheduler.RefusedAsync("DELETE", "/schedule-groups/default", 400, "ValidationException");
    }
}
