using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Broker.Delivery;
using Weir.Broker.Webhooks;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Rest.Webhooks;

/// <summary>What a request says of a webhook, as JSON; a member that is not known is refused.</summary>
internal sealed record WebhookInput
{
    public string? Queue { get; init; }

    public string? Url { get; init; }

    public string? DeadLetterQueue { get; init; }

    public bool? Paused { get; init; }

    public int? Retries { get; init; }

    public int? MaxAgeSeconds { get; init; }

    public int? Concurrency { get; init; }

    public int? TimeoutSeconds { get; init; }

    public double? RatePerSecond { get; init; }

    /// <summary>Of the caller's own making; without it Weir makes one when the webhook is new.</summary>
    public string? Secret { get; init; }

    public static (WebhookInput? Input, Problem? Problem) Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var input = JsonSerializer.Deserialize(body, WebhookJson.Default.WebhookInput);
            return input is null ? (null, Wrong("The body must be a JSON object.")) : (input, input.Check());
        }
        catch (JsonException e)
        {
            return (null, Wrong($"The body is no JSON object of a webhook, at {e.Path ?? "its beginning"}: it may have "
                + "queue, url, deadLetterQueue, paused, retries, maxAgeSeconds, concurrency, timeoutSeconds, "
                + "ratePerSecond and secret."));
        }
    }

    public WebhookConfig ToConfig(
        WebhookName name, WebhookConfig? present, IReadOnlyList<string> sealedSecrets) => new()
    {
        Queue = new QueueName(name.Account, name.Region, Queue!),
        Url = Url!,
        DeadLetterQueue = DeadLetterQueue is { } queue ? new QueueName(name.Account, name.Region, queue) : null,
        IsPaused = Paused ?? false,
        Retries = Retries ?? WebhookConfig.RetriesDefault,
        AgeMaxSeconds = MaxAgeSeconds ?? WebhookConfig.AgeSecondsDefault,
        Concurrency = Concurrency ?? WebhookConfig.ConcurrencyDefault,
        TimeoutSeconds = TimeoutSeconds ?? WebhookConfig.TimeoutSecondsDefault,
        RatePerSecond = RatePerSecond,
        SealedSecrets = sealedSecrets,
        CreatedUnixMs = present?.CreatedUnixMs ?? 0,
    };

    private Problem? Check()
    {
        if (Queue is null || !QueueNameText.IsValid(Queue)) return Wrong("queue is the name of a queue.");
        if (Url is null || Url.Length > WebhookConfig.UrlLengthMax || !Uri.TryCreate(Url, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return Wrong($"url begins with http:// or https://, has no user or fragment, and at most "
                + $"{WebhookConfig.UrlLengthMax} characters.");
        }

        if (DeadLetterQueue is { } letters
            && (!QueueNameText.IsValid(letters) || letters == Queue || IsFifo(letters) != IsFifo(Queue)))
            return Wrong("deadLetterQueue is the name of another queue of the same kind.");
        if (Secret is { } secret && !StandardWebhooks.IsSecret(secret))
            return Wrong($"secret is {StandardWebhooks.SecretPrefix} and base64 of 24 to 64 bytes.");
        if (RatePerSecond is <= 0 or > 10_000) return Wrong("ratePerSecond is above 0 and at most 10,000.");
        return Range("retries", Retries, 0, WebhookConfig.RetriesMax)
            ?? Range("maxAgeSeconds", MaxAgeSeconds, WebhookConfig.AgeSecondsMin, WebhookConfig.AgeSecondsMax)
            ?? Range("concurrency", Concurrency, 1, WebhookConfig.ConcurrencyMaxMax)
            ?? Range("timeoutSeconds", TimeoutSeconds, 1, WebhookConfig.TimeoutSecondsMax);
    }

    private static bool IsFifo(string queue) => queue.EndsWith(QueueName.FifoSuffix, StringComparison.Ordinal);

    private static Problem? Range(string name, int? value, int min, int max) =>
        value is null || (value >= min && value <= max) ? null : Wrong($"{name} is from {min} to {max}.");

    private static Problem Wrong(string detail) => Problems.Invalid("invalid-webhook", detail);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(WebhookInput))]
internal sealed partial class WebhookJson : JsonSerializerContext;
