using Weir.Server;
using Weir.Server.Hosting;
using Xunit;

namespace Weir.Tests.Server;

public sealed class StartupErrorTests
{
    [Fact]
    public async Task A_data_directory_in_use_is_said_in_a_sentence()
    {
        await using var first = await RunningServer.StartAsync();

        var error = await ErrorAsync(directory: first.Directory);

        Assert.Equal(ExitCodes.DataUnavailable, error?.ExitCode);
        Assert.Contains(first.Directory, error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_a_sentence_and_the_data_directory_is_free_again()
    {
        await using var first = await RunningServer.StartAsync();
        var directory = RunningServer.NewDirectory();
        try
        {
            var error = await ErrorAsync(new Uri(first.Server.Endpoint).Port, directory);
            await using var second = await RunningServer.StartAsync(directory: directory);

            Assert.Equal(ExitCodes.Unavailable, error?.ExitCode);
            Assert.Contains("--port", error?.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void What_nobody_foresaw_keeps_its_stack_trace() =>
        Assert.Null(StartupError.From(new InvalidOperationException("?"), RunningServer.Options("d")));

    private static async Task<StartupError?> ErrorAsync(int port = 0, string? directory = null)
    {
        var failure = await Record.ExceptionAsync(
            async () => await RunningServer.StartAsync(options => options with { Port = port }, directory));
        return StartupError.From(failure!, RunningServer.Options(directory!) with { Port = port });
    }
}
