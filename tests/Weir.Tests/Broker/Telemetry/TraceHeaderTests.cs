using System.Diagnostics;
using Weir.Broker.Telemetry;
using Xunit;

namespace Weir.Tests.Broker.Telemetry;

public sealed class TraceHeaderTests
{
    private const string Amazon = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private const string W3C = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";

    [Fact]
    public void A_context_goes_from_one_form_to_the_other_and_back()
    {
        Assert.Equal(Amazon, TraceHeader.Of(null, W3C));
        Assert.True(TraceHeader.TryRead(Amazon, out var context));
        Assert.Equal(ActivityTraceFlags.Recorded, context.TraceFlags);
        Assert.Equal(W3C, TraceHeader.WriteTraceparent(context));
    }

    [Fact]
    public void Amazons_header_goes_first_and_stays_as_it_is() =>
        Assert.Equal("Root=1-1", TraceHeader.Of("Root=1-1", W3C));

    [Theory]
    [InlineData(null)]
    [InlineData("Root=1-1")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8adX;Sampled=1")]
    [InlineData("Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8")]
    public void What_names_no_span_is_none(string? header) => Assert.False(TraceHeader.TryRead(header, out _));

    [Fact]
    public void A_traceparent_that_is_none_is_not_kept() => Assert.Null(TraceHeader.Of("", "00-1-2-3"));
}
