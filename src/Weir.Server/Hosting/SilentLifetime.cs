namespace Weir.Server.Hosting;

/// <summary>The server itself listens for signals and speaks to the user, so the host does neither.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
