using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class GetScheduleGroupTests
{
    [Fact]
    public async Task The_default_group_is_always_there_and_others_when_they_are()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", "/schedule-groups/g");
        var always = await scheduler.OkAsync("GET", "/schedule-groups/default");
        Assert.Equal("ACTIVE", always["State"]!.GetValue<string>());
        var group = await scheduler.OkAsync("GET", "/schedule-groups/g");
        Assert.Equal("g", group["Name"]!.GetValue<string>());
        Assert.Equal(1_767_225_600, group["CreationDate"]!.GetValue<long>());
        await scheduler.RefusedAsync("GET", "/schedule-groups/none", 404, "ResourceNotFoundException");
    }
}
