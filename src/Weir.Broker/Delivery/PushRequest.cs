namespace Weir.Broker.Delivery;

/// <summary>What a message became on its way to an endpoint: a request, or the reason why it cannot be one.</summary>
public readonly struct PushRequest
{
    private PushRequest(HttpRequestMessage? request, string? reason)
    {
        Request = request;
        Reason = reason;
    }

    /// <summary>Disposed of by the dispatcher.</summary>
    public HttpRequestMessage? Request { get; }

    /// <summary>Why there is no request; such a message is given up at once.</summary>
    public string? Reason { get; }

    public static PushRequest Of(HttpRequestMessage request) => new(request, null);

    public static PushRequest Unrenderable(string reason) => new(null, reason);
}
