using Weir.Broker.Delivery;
using Xunit;

namespace Weir.Tests.Delivery;

public sealed class AttemptHistoryTests
{
    private readonly AttemptHistory _history = new(new PushOptions { HistoryPerRoute = 3, HistoryMax = 5 });
    private readonly RouteAttempts _first = new();
    private readonly RouteAttempts _second = new();

    [Fact]
    public void A_route_keeps_its_last()
    {
        for (var i = 1; i <= 10; i++) Add(_first, i);

        Assert.Equal([8, 9, 10], Of(_first));
    }

    [Fact]
    public void Over_all_the_oldest_goes_first()
    {
        for (var i = 1; i <= 3; i++) Add(_first, i);
        for (var i = 4; i <= 6; i++) Add(_second, i);

        Assert.Equal([2, 3], Of(_first));
        Assert.Equal([4, 5, 6], Of(_second));
    }

    [Fact]
    public void What_is_forgotten_makes_room()
    {
        for (var i = 1; i <= 3; i++) Add(_first, i);
        _history.Forget(_first);
        for (var i = 4; i <= 6; i++) Add(_second, i);
        for (var i = 7; i <= 8; i++) Add(_first, i);

        Assert.Equal([7, 8], Of(_first));
        Assert.Equal([4, 5, 6], Of(_second));
    }

    private void Add(RouteAttempts route, int attempt) => _history.Add(
        route, new PushAttempt(DateTimeOffset.UnixEpoch, Guid.Empty, attempt, 200, null, TimeSpan.Zero, ""));

    private IEnumerable<int> Of(RouteAttempts route) => _history.Of(route).Select(attempt => attempt.Attempt);
}
