using Weir.Broker.Pipes;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Pipes;

/// <summary>Reads and writes what a pipe calls on the way: an API destination.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-enrichment.html
internal static class PipeEnrichment
{
    /// <summary>Changes a pipe as the request says; null with the fault noted.</summary>
    public static PipeConfig? Apply(AwsCall call, PipeConfig pipe)
    {
        var arn = call.Input[PipeMembers.Enrichment].Text();
        var parameters = call.Input[PipeMembers.EnrichmentParameters];
        if (call.Fault is not null) return null;
        if (arn is not null)
        {
            if (arn.Length == 0)
            {
                return pipe with
                {
                    EnrichmentArn = null, Enrichment = null, EnrichmentTemplate = null, EnrichmentHttp = null,
                };
            }

            if (ApiDestinationArn.Parse(arn) is not { } found)
                return Refuse(call, PipeErrors.Unserved("Enrichment", $"{arn} is no ARN of an API destination."));
            if ((found.Name.Account, found.Name.Region) != (call.Identity.Account, call.Identity.Region))
                return Refuse(call, PipeErrors.Invalid($"{arn} is in another account or region."));
            var isSame = arn == pipe.EnrichmentArn;
            pipe = pipe with
            {
                EnrichmentArn = arn,
                Enrichment = found.Name,
                EnrichmentTemplate = isSame ? pipe.EnrichmentTemplate : null,
                EnrichmentHttp = isSame ? pipe.EnrichmentHttp : null,
                BatchSize = pipe.Enrichment is null && call.Input[PipeMembers.SourceParameters].IsAbsent
                    ? 1
                    : pipe.BatchSize,
            };
        }

        if (parameters.IsAbsent) return pipe;
        if (pipe.Enrichment is null)
            return Refuse(call, PipeErrors.Invalid("EnrichmentParameters are for a pipe with an Enrichment."));
        var template = parameters[PipeMembers.InputTemplate];
        var http = parameters[HttpTarget.Member];
        var changed = pipe with
        {
            EnrichmentTemplate = template.IsAbsent ? pipe.EnrichmentTemplate
                : template.Text() is { Length: > 0 } text ? text
                : null,
            EnrichmentHttp = http.IsAbsent ? pipe.EnrichmentHttp : HttpTarget.Read(http),
        };
        if (call.Fault is not null) return null;
        return changed.EnrichmentHttp is { } read && HttpTarget.Check(read) is { } wrong
            ? Refuse(call, PipeErrors.Invalid(wrong))
            : changed;
    }

    /// <summary>Why the pipe would pass nothing on; null when it would.</summary>
    public static async ValueTask<AwsError?> CheckAsync(AwsCall call, PipeConfig pipe)
    {
        if (pipe.Enrichment is not { } name) return null;
        var found = await call.Backend.Endpoints.GetDestinationAsync(name);
        return found.IsOk ? null : PipeErrors.From(found.Fault);
    }

    public static void Write(AnswerWriter answer, PipeConfig pipe)
    {
        if (pipe.EnrichmentArn is not { } arn) return;
        answer.Text(PipeMembers.Enrichment, arn);
        answer.BeginMap(PipeMembers.EnrichmentParameters);
        if (pipe.EnrichmentTemplate is { } template) answer.Text(PipeMembers.InputTemplate, template);
        if (pipe.EnrichmentHttp is { } http) HttpTarget.Write(answer, http);
        answer.EndMap();
    }

    private static PipeConfig? Refuse(AwsCall call, AwsError error)
    {
        call.Refuse(error);
        return null;
    }
}
