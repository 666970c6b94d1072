using System.Text;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Tests.Engine.Commands;

/// <summary>Publications as the tests of publishing make them.</summary>
internal static class PublishScene
{
    public static readonly Guid Via = new("aaaaaaaa-0000-4000-8000-000000000001");

    public static PublishedContent Content(string body) => new(Encoding.UTF8.GetBytes(body), body.Length);

    public static Weir.Engine.Delivery To(
        this EngineHarness engine, QueueName queue, int content = 0, string? group = null, string? dedup = null,
        Guid via = default) => new()
    {
        Queue = queue, MessageId = engine.NewId(), Content = content, GroupId = group, DeduplicationId = dedup,
        Via = via,
    };

    public static Publication Publication(
        this EngineHarness engine, IReadOnlyList<Weir.Engine.Delivery> deliveries, params string[] bodies) => new()
    {
        MessageId = engine.NewId(),
        Contents = [.. (bodies.Length == 0 ? ["body"] : bodies).Select(Content)],
        Deliveries = deliveries,
    };

    public static PublishResult Publish(this EngineHarness engine, params Weir.Engine.Delivery[] deliveries) =>
        engine.Do(new PublishCommand([engine.Publication(deliveries)]));

    public static string Body(this EngineHarness engine, PayloadRef location) =>
        Encoding.UTF8.GetString(Payload.Read(location, engine.ReadLog).Span);
}
