using Xunit;

namespace Weir.Tests.Protocols.Rest;

/// <summary>A queue, "orders", and "again", where its messages may be moved.</summary>
public abstract class MoveScene : IAsyncLifetime
{
    private protected const string Moves = "/_weir/queues/orders/moves";

    private protected TestRest Rest { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Rest.Queues.CreateAsync("orders");
        await Rest.Queues.CreateAsync("again");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Rest.DisposeAsync();
    }
}
