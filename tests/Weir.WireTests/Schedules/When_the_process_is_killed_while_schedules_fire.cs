using System.Globalization;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Schedules;

public sealed class When_the_process_is_killed_while_schedules_fire(OwnServer server) : IClassFixture<OwnServer>
{
    private const int Schedules = 1_000;
    private const int Kills = 3;

    /// <summary>They are due within so many seconds.</summary>
    private const int DueSeconds = 3;

    /// <summary>Until the first is due; what is put later than its time fires at once.</summary>
    private static readonly TimeSpan UntilDue = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Each_fires_once()
    {
        var aws = server.Client(ClientKinds.Boto3, "000000000000");
        var queue = await aws.CreateAsync("due");
        var first = DateTimeOffset.UtcNow + UntilDue;
        for (var i = 0; i < Schedules; i++)
        {
            var due = first.AddSeconds(i % DueSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            await aws.CallAsync("scheduler.CreateSchedule", new JsonObject
            {
                ["Name"] = $"s{i}",
                ["ScheduleExpression"] = $"at({due})",
                ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" },
                ["Target"] = new JsonObject
                {
                    ["Arn"] = aws.ArnOf(queue), ["RoleArn"] = "arn:aws:iam::000000000000:role/any", ["Input"] = $"{i}",
                },
            });
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            while ((await aws.CountersAsync(queue)).Visible <= kill * Schedules / Kills) { }
            await server.Weir.KillAsync();
            await server.Weir.StartAgainAsync();
        }

        while ((await aws.CountersAsync(queue)).Visible < Schedules) { }
        var arrived = (await aws.ReceiveManyAsync(queue, Schedules)).Select(message => message.Text);
        Assert.Equal(Schedules, arrived.Distinct().Count());
        Assert.Equal(0, (await aws.CountersAsync(queue)).Visible);
    }
}
