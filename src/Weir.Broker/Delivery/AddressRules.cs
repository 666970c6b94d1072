using System.Net;
using System.Net.Sockets;

namespace Weir.Broker.Delivery;

/// <summary>
/// Which addresses endpoints may have. Whoever may subscribe an endpoint must not reach through Weir what they cannot
/// reach themselves: this machine, the network around it, or a cloud's metadata.
/// </summary>
// The networks are those that are not globally reachable:
// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
internal sealed class AddressRules
{
    private static readonly IPNetwork[] Loopback = Networks("127.0.0.0/8", "::1/128");

    private static readonly IPNetwork[] Refused = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
        // Where one cloud answers its machines with their configuration; the address itself is a public one.
        "168.63.129.16/32");

    // IPv6 addresses that carry an IPv4 address, which is the one that counts, and where in them it lies.
    // NAT64: https://www.rfc-editor.org/rfc/rfc6052; 6to4: https://www.rfc-editor.org/rfc/rfc3056.
    private static readonly (IPNetwork Network, int Offset)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    private readonly bool _allowLoopback;
    private readonly List<IPNetwork> _allowed = [];
    private readonly HashSet<string> _allowedHosts = new(StringComparer.OrdinalIgnoreCase);

    public AddressRules(PushOptions options)
    {
        _allowLoopback = options.AllowLoopback;
        foreach (var entry in options.AllowPrivate)
        {
            if (IPNetwork.TryParse(entry, out var network)) _allowed.Add(network);
            else if (IPAddress.TryParse(entry, out var address)) _allowed.Add(Single(address));
            else _allowedHosts.Add(entry);
        }
    }

    public bool AllowsHost(string host) => _allowedHosts.Contains(host);

    public bool Allows(IPAddress address)
    {
        var bare = Unwrap(address);
        if (IsIn(_allowed, bare)) return true;
        return IsIn(Loopback, bare) ? _allowLoopback : !IsIn(Refused, bare);
    }

    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        foreach (var (network, offset) in Carriers)
        {
            if (network.Contains(address)) return new IPAddress(address.GetAddressBytes().AsSpan(offset, 4));
        }

        // A scope id says which link, and would keep the address from being found in a network.
        return address.ScopeId == 0 ? address : new IPAddress(address.GetAddressBytes());
    }

    private static bool IsIn(IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    private static IPNetwork Single(IPAddress address) =>
        new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(IPNetwork.Parse)];
}
