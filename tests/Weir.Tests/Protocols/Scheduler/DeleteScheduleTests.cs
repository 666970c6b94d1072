using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class DeleteScheduleTests
{
    [Fact]
    public async Task It_fires_no_more()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "cron(30 0 * * ? *)");
        await scheduler.OkAsync("DELETE", "/schedules/s?groupName=default&clientToken=t");
        Assert.Equal(0, scheduler.Clock.Count);
        await scheduler.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(await scheduler.BodiesAsync("s"));
        await scheduler.RefusedAsync("DELETE", "/schedules/s", 404, "ResourceNotFoundException");
    }
}
