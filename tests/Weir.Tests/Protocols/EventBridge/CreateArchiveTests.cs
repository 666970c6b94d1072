using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class CreateArchiveTests
{
    [Fact]
    public async Task It_makes_an_archive_that_keeps_what_its_pattern_matches()
    {
        await using var events = new TestEvents();
        var made = await events.ArchiveAsync("dear", pattern: """{"detail":{"price":[{"numeric":[">",9]}]}}""");
        await events.PutAsync("""{"price":9}""");
        await events.PutAsync("""{"price":10}""");

        Assert.Equal($"{TestEvents.Prefix}archive/dear", made["ArchiveArn"]!.GetValue<string>());
        Assert.Equal("ENABLED", made["State"]!.GetValue<string>());
        var described = await events.OkAsync("DescribeArchive", """{"ArchiveName":"dear"}""");
        Assert.Equal(1, described["EventCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_event_from_another_bus_is_kept_by_the_archive_of_each()
    {
        await using var events = new TestEvents();
        await events.BusAsync("far");
        await events.ArchiveAsync("near");
        await events.ArchiveAsync("there", "far");
        await events.RuleAsync("on");
        await events.TargetsAsync("on", $$"""{"Id":"b","Arn":"{{TestEvents.Prefix}}event-bus/far"}""");
        await events.PutAsync();

        foreach (var name in (string[])["near", "there"])
        {
            var described = await events.OkAsync("DescribeArchive", $$"""{"ArchiveName":"{{name}}"}""");
            Assert.Equal(1, described["EventCount"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task What_cannot_be_an_archive_is_refused()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.RefusedAsync("CreateArchive", Request("all"), "ResourceAlreadyExistsException");
        await events.RefusedAsync("CreateArchive", Request("a", bus: "none"), "ResourceNotFoundException");
        await events.RefusedAsync("CreateArchive", Request("a b"), "ValidationException");
        await events.RefusedAsync("CreateArchive", Request(new string('a', 49)), "ValidationException");
        await events.RefusedAsync("CreateArchive", """{"ArchiveName":"a"}""", "ValidationException");
        await events.RefusedAsync(
            "CreateArchive", """{"ArchiveName":"a","EventSourceArn":"default"}""", "ValidationException");
        await events.RefusedAsync(
            "CreateArchive", Request("a", more: ",\"EventPattern\":\"[]\""), "InvalidEventPatternException");
        await events.RefusedAsync("CreateArchive", Request("a", more: ",\"RetentionDays\":-1"), "ValidationException");
        await events.RefusedAsync(
            "CreateArchive", Request("a", more: ",\"KmsKeyIdentifier\":\"k\""), "UnsupportedOperation");
    }

    [Fact]
    public async Task There_are_at_most_a_hundred()
    {
        await using var events = new TestEvents();
        for (var i = 0; i < 100; i++) await events.ArchiveAsync($"a{i}");
        await events.RefusedAsync("CreateArchive", Request("more"), "LimitExceededException");
    }

    private static string Request(string name, string bus = "default", string more = "") =>
        $$"""{"ArchiveName":"{{name}}","EventSourceArn":"{{TestEvents.Prefix}}event-bus/{{bus}}"{{more}}}""";
}
