using System.Text;
using Microsoft.Extensions.Logging;
using Weir.Broker.Delivery;
using Weir.Broker.Messages;

namespace Weir.Broker.Webhooks;

/// <summary>Keeps the dispatcher's routes as the webhooks are.</summary>
public sealed partial class WebhookRoutes(Broker broker, PushDispatcher dispatcher, ILogger logger)
{
    private const string Text = "String";

    private readonly Lock _lock = new();
    private readonly Dictionary<WebhookName, WebhookConfig> _present = [];

    /// <summary>Starts the routes of all webhooks that there are.</summary>
    public void Start()
    {
        foreach (var name in WebhookDirectory.WebhooksIn(broker.Definitions)) Refresh(name);
    }

    /// <summary>To be called after each change of a webhook.</summary>
    public void Refresh(WebhookName name)
    {
        lock (_lock)
        {
            var wanted = WebhookDirectory.Find(broker.Definitions, name);
            if (_present.GetValueOrDefault(name) == wanted) return;
            if (wanted is { IsPaused: false } && SignerOf(name, wanted) is { } signer)
                dispatcher.Set(RouteOf(name, wanted, signer));
            else dispatcher.Remove(name.RouteId);
            if (wanted is null) _present.Remove(name);
            else _present[name] = wanted;
        }
    }

    private StandardWebhooks? SignerOf(WebhookName name, WebhookConfig webhook)
    {
        var secrets = new List<string>();
        foreach (var sealedSecret in webhook.SealedSecrets)
        {
            var box = broker.Secrets.Box;
            var opened = box.IsOk ? box.Value.Open(sealedSecret, name.RouteId) : box.Fault;
            if (!opened.IsOk)
            {
                LogUnreadable(name, opened.Fault.Message);
                return null;
            }

            secrets.Add(opened.Value);
        }

        return new StandardWebhooks(secrets);
    }

    private PushRoute RouteOf(WebhookName name, WebhookConfig webhook, StandardWebhooks signer)
    {
        var endpoint = new Uri(webhook.Url);
        return new PushRoute
        {
            Id = name.RouteId,
            Queue = webhook.Queue,
            Endpoint = endpoint,
            Render = new WebhookRequests(endpoint, signer, broker.Time).RenderAsync,
            Retry = webhook.Retry,
            ConcurrencyMax = webhook.Concurrency,
            RatePerSecond = webhook.RatePerSecond,
            Timeout = TimeSpan.FromSeconds(webhook.TimeoutSeconds),
            OrderedByGroup = webhook.Queue.HasFifoSuffix,
            DeadLetter = (message, failure) => ValueTask.FromResult(DeadLetter(webhook, message, failure)),
        };
    }

    private static DeadLetterContent? DeadLetter(WebhookConfig webhook, ReceivedMessage message, PushFailure failure)
    {
        if (webhook.DeadLetterQueue is not { } queue) return null;
        var content = message.Content with
        {
            Attributes =
            [
                .. message.Content.Attributes,
                new MessageAttribute("weir-webhook-url", Text, Encoding.UTF8.GetBytes(webhook.Url)),
                new MessageAttribute("weir-webhook-error", Text, Encoding.UTF8.GetBytes(failure.Message)),
            ],
        };
        return new DeadLetterContent(queue, content)
        {
            GroupId = message.Lease.GroupId,
            DeduplicationId = queue.HasFifoSuffix ? message.Lease.MessageId.ToString() : null,
        };
    }

    [LoggerMessage(LogLevel.Error, "Webhook {Webhook}: nothing is pushed, its secret cannot be read: {Reason}")]
    private partial void LogUnreadable(WebhookName webhook, string reason);
}
