using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class DeleteQueueCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void A_deleted_queue_is_gone_with_its_messages_and_one_of_its_name_begins_anew()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.Do(new DeleteQueueCommand(Orders));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new GetQueueCommand(Orders)));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new DeleteQueueCommand(Orders)));
        Assert.Equal(0, _engine.Shard.Live.Count);

        _engine.Create(Orders);
        Assert.Empty(_engine.Receive(Orders));
    }
}
