using Weir.Broker.Secrets;
using Xunit;

namespace Weir.Tests.Broker.Secrets;

public sealed class SecretVaultTests
{
    private static readonly SecretKey Other = new(new byte[SecretKey.BytesCount]);

    [Fact]
    public async Task While_nothing_is_kept_any_key_will_do()
    {
        await using var test = new TestBroker();

        Assert.Null(test.Broker.Secrets.BoundKeyId);
        Assert.Null(test.Broker.Secrets.Unlock(Other));
    }

    [Fact]
    public async Task With_the_first_secret_the_directory_is_bound_to_its_key()
    {
        await using var test = new TestBroker();
        Assert.True((await test.Broker.Secrets.BindAsync()).IsOk);
        Assert.True((await test.Broker.Secrets.BindAsync()).IsOk);
        await test.RestartAsync();

        Assert.Equal(TestBroker.Key.Id, test.Broker.Secrets.BoundKeyId);
        Assert.Contains(Other.Id, test.Broker.Secrets.Unlock(Other)!.Message, StringComparison.Ordinal);
        Assert.Null(test.Broker.Secrets.Unlock(TestBroker.Key));
        Assert.True((await test.Broker.Secrets.BindAsync()).IsOk);
    }
}
