using System.Collections.Immutable;
using Weir.Broker.Pipes;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Pipes;

/// <summary>The tags of pipes.</summary>
internal static class PipeTags
{
    private const int TagsMax = 50;

    /// <summary>The tags in a member of the request; null with the fault noted.</summary>
    public static ImmutableSortedDictionary<string, string>? Read(AwsCall call, Member member)
    {
        var wrong = TagReader.Read(call.Input[member].Entries(member), out var tags);
        if (call.Fault is not null) return null;
        if (wrong is null && tags.Count > TagsMax) wrong = AwsErrors.InvalidParameter($"At most {TagsMax} tags.");
        if (wrong is not null)
        {
            call.Refuse(PipeErrors.Invalid(wrong.Message));
            return null;
        }

        return tags.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>The pipe that a request names by its ARN; null with the fault noted.</summary>
    public static PipeName? Named(AwsCall call)
    {
        var arn = call.Input[PipeMembers.ResourceArn].Text() ?? "";
        if (call.Fault is not null) return null;
        if (PipeArn.Parse(arn) is not { } name) call.Refuse(PipeErrors.Invalid($"{arn} is no ARN of a pipe."));
        else if ((name.Account, name.Region) == (call.Identity.Account, call.Identity.Region)) return name;
        else call.Refuse(PipeErrors.NotFound($"{arn} is in another account or region."));
        return null;
    }

    public static async ValueTask<AwsError?> EditAsync(
        AwsCall call, PipeName name,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> edit)
    {
        var outcome = await call.Backend.Pipes.ConfigureAsync(name, pipe =>
            edit(pipe.Tags) is { Count: <= TagsMax } tags
                ? pipe with { Tags = tags }
                : new Fault(FaultCode.InFlightLimit, $"A pipe has at most {TagsMax} tags."));
        return outcome.IsOk ? null : PipeErrors.From(outcome.Fault);
    }
}
