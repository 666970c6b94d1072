using System.Runtime.Versioning;
using Weir.Server;
using Weir.Server.Hosting;
using Xunit;

namespace Weir.Tests.Server;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly string _directory = RunningServer.NewDirectory();

    private string KeyPath => Path.Combine(_directory, KeyFile.Name);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_first_start_makes_a_key_for_its_owner_only_and_the_next_uses_it()
    {
        await using (await RunningServer.StartAsync(directory: _directory))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        var made = await File.ReadAllTextAsync(KeyPath);
        await using var server = await RunningServer.StartAsync(directory: _directory);

        Assert.Equal(32, Convert.FromBase64String(made.Trim()).Length);
        Assert.Equal(made, await File.ReadAllTextAsync(KeyPath));
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_refused()
    {
        await MakeAsync(new byte[32]);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64")]
    public async Task Half_a_key_is_refused(string text)
    {
        await MakeAsync([]);
        await File.WriteAllTextAsync(KeyPath, text);

        Assert.Contains("base64 of 32 bytes", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_secrets_the_key_must_be_theirs()
    {
        await using (var server = await RunningServer.StartAsync(directory: _directory))
        {
            var certificate = await server.Http.GetAsync("/SimpleNotificationService-0.pem");
            Assert.Equal(System.Net.HttpStatusCode.NotFound, certificate.StatusCode);
        }

        var right = await File.ReadAllTextAsync(KeyPath);
        await MakeAsync(new byte[32]);
        Assert.Contains("encrypted with key", await RefusalAsync(), StringComparison.Ordinal);
        File.Delete(KeyPath);
        Assert.Contains("put it back", await RefusalAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));

        await File.WriteAllTextAsync(KeyPath, right);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead);
        await using var again = await RunningServer.StartAsync(directory: _directory);
    }

    [Fact]
    public async Task A_key_file_that_is_named_must_be_there()
    {
        var named = Path.Combine(_directory, "elsewhere");
        Assert.Contains("openssl rand", await RefusalAsync(named), StringComparison.Ordinal);
        await MakeAsync(new byte[32], named);

        await using var server = await RunningServer.StartAsync(
            options => options with { KeyFile = named }, _directory);
        Assert.False(File.Exists(KeyPath));
    }

    private async Task MakeAsync(byte[] key, string? path = null)
    {
        await File.WriteAllTextAsync(path ?? KeyPath, Convert.ToBase64String(key));
        File.SetUnixFileMode(path ?? KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<string> RefusalAsync(string? named = null)
    {
        var failure = await Record.ExceptionAsync(async () => await RunningServer.StartAsync(
            options => options with { KeyFile = named }, _directory));
        var error = StartupError.From(failure!, RunningServer.Options(_directory));
        Assert.Equal(ExitCodes.DataUnavailable, error?.ExitCode);
        return error!.Message;
    }
}
