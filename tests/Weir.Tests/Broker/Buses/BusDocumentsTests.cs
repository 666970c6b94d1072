using Weir.Broker.Buses;
using Xunit;

namespace Weir.Tests.Broker.Buses;

public sealed class BusDocumentsTests
{
    [Fact]
    public void What_a_document_lacks_has_the_records_default()
    {
        var bus = BusDocuments.ReadBus("{}"u8);
        var rule = BusDocuments.ReadRule("""{"Name":"r","Arn":"a","Pattern":"{}","CreatedBy":"c"}"""u8);
        var transformed = BusDocuments.ReadRule("""
            {"Name":"r","Arn":"a","Pattern":"{}","CreatedBy":"c",
             "Targets":[{"Id":"t","Arn":"t","Transformer":{"Template":"1"}}]}
            """u8);

        Assert.Empty(bus.Tags);
        Assert.Empty(rule.Tags);
        Assert.Empty(rule.Targets);
        Assert.Empty(Assert.Single(transformed.Targets).Transformer!.Paths);
    }
}
