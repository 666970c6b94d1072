using System.Text.Json;
using Weir.Broker.Delivery;
using Weir.Broker.Webhooks;

namespace Weir.Protocols.Rest.Webhooks;

/// <summary>Writes what answers tell of a webhook. Its secrets are never among it, but for a new one, once.</summary>
internal static class WebhookAnswer
{
    public static void Write(Utf8JsonWriter json, string name, WebhookConfig webhook)
    {
        json.WriteString("name", name);
        json.WriteString("queue", webhook.Queue.Name);
        json.WriteString("url", webhook.Url);
        if (webhook.DeadLetterQueue is { } letters) json.WriteString("deadLetterQueue", letters.Name);
        json.WriteBoolean("paused", webhook.IsPaused);
        json.WriteNumber("retries", webhook.Retries);
        json.WriteNumber("maxAgeSeconds", webhook.AgeMaxSeconds);
        json.WriteNumber("concurrency", webhook.Concurrency);
        json.WriteNumber("timeoutSeconds", webhook.TimeoutSeconds);
        if (webhook.RatePerSecond is { } rate) json.WriteNumber("ratePerSecond", rate);
        json.WriteString("createdAt", DateTimeOffset.FromUnixTimeMilliseconds(webhook.CreatedUnixMs));
        json.WriteString("modifiedAt", DateTimeOffset.FromUnixTimeMilliseconds(webhook.ModifiedUnixMs));
    }

    public static void Write(Utf8JsonWriter json, PushRouteFigures figures)
    {
        json.WriteStartObject("figures");
        json.WriteNumber("attempts", figures.Attempts);
        json.WriteNumber("delivered", figures.Delivered);
        json.WriteNumber("failed", figures.Failed);
        json.WriteNumber("deadLettered", figures.DeadLettered);
        json.WriteNumber("dropped", figures.Dropped);
        json.WriteNumber("underWay", figures.UnderWay);
        json.WriteString("circuit", figures.Circuit.ToString().ToLowerInvariant());
        if (figures.LastError is { } error) json.WriteString("lastError", error);
        if (figures.LastErrorAt is { } at) json.WriteString("lastErrorAt", at);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, PushAttempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("at", attempt.At);
        json.WriteString("messageId", attempt.MessageId);
        json.WriteNumber("attempt", attempt.Attempt);
        if (attempt.Status is { } status) json.WriteNumber("status", status);
        if (attempt.Error is { } error) json.WriteString("error", error);
        json.WriteNumber("latencyMs", Math.Round(attempt.Latency.TotalMilliseconds, 1));
        json.WriteString("answer", attempt.Answer);
        json.WriteEndObject();
    }
}
