using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the API destinations of the account in the region.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListApiDestinations.html
internal sealed class ListApiDestinationsOperation : AwsOperation
{
    public override string Name => "ListApiDestinations";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[EventMembers.NamePrefix].Text() ?? "";
        var connection = call.Input[EndpointMembers.ConnectionArn].Text();
        if (EventPage.Read(call) is not { } page) return call.Fault;
        var at = new EndpointName(call.Identity.Account, call.Identity.Region, "");
        var outcome = await call.Backend.Endpoints.ListDestinationsAsync(at.Account, at.Region);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var wanted = outcome.Value.Where(each => each.Destination.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (connection is null || ApiDestinationWriter.ConnectionArn(at, each.Destination) == connection));
        page.Write(call, EndpointMembers.ApiDestinations, wanted, each => each.Destination.Name, each =>
        {
            var name = at with { Name = each.Destination.Name };
            call.Answer.BeginItem();
            ApiDestinationWriter.WriteState(call, name, each.Destination, each.IsActive);
            ApiDestinationWriter.Write(call, name, each.Destination);
            call.Answer.EndItem();
        });
        return null;
    }
}
