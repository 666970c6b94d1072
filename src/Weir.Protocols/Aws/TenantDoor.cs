using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws;

/// <summary>Counts an authenticated request, and the connection that it came on, for its tenant.</summary>
internal static class TenantDoor
{
    private static readonly object Key = new();

    /// <param name="bytes">Of the request's body.</param>
    /// <returns>Why the request is refused; null: it is not. A connection that is one too many is closed.</returns>
    public static Throttle? Enter(HttpContext context, Admission admission, string account, long bytes)
    {
        if (!admission.IsNeeded) return null;
        if (ConnectionOf(context, admission) is not { } connection) return admission.Enter(account, bytes);
        if (admission.Enter(account, connection) is not { } throttle) return admission.Enter(account, bytes);
        context.Response.Headers.Connection = "close";
        return throttle;
    }

    /// <summary>Null where there is no connection to speak of, as in a test without a socket.</summary>
    private static TenantConnection? ConnectionOf(HttpContext context, Admission admission)
    {
        if (context.Features.Get<IConnectionItemsFeature>() is not { } items
            || context.Features.Get<IConnectionLifetimeFeature>() is not { } lifetime)
            return null;
        if (items.Items.TryGetValue(Key, out var known)) return (TenantConnection)known!;
        var connection = new TenantConnection();
        items.Items[Key] = connection;
        lifetime.ConnectionClosed.UnsafeRegister(_ => admission.Closed(connection), null);
        return connection;
    }
}
