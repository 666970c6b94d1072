using Weir.Benchmarks.Processes;

namespace Weir.Benchmarks.Http;

/// <summary>A queue of its own for each round, so that every round begins with nothing waiting.</summary>
internal sealed class Queues(ServerProcess weir)
{
    private int _count;

    public async Task<T> WithAsync<T>(Func<string, Task<T>> use)
    {
        var name = $"round-{++_count}";
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        _ = (await connection.SendAsync(weir.Requests.CreateQueue(name))).BodyOfSuccess;
        var result = await use(name);
        _ = (await connection.SendAsync(weir.Requests.DeleteQueue(name))).BodyOfSuccess;
        return result;
    }
}
