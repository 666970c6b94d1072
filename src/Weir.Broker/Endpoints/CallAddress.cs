using System.Text;

namespace Weir.Broker.Endpoints;

/// <summary>Makes the address of a call from an endpoint with placeholders.</summary>
internal static class CallAddress
{
    /// <param name="values">As many as there are placeholders; each is one part of the path, whatever is in it.</param>
    /// <returns>Null when there are more or fewer values than placeholders.</returns>
    public static string? Fill(string endpoint, IReadOnlyList<string> values)
    {
        var parts = endpoint.Split(ApiDestinationConfig.Placeholder);
        if (parts.Length != values.Count + 1) return null;
        var filled = new StringBuilder(parts[0]);
        for (var i = 0; i < values.Count; i++) filled.Append(Uri.EscapeDataString(values[i])).Append(parts[i + 1]);
        return filled.ToString();
    }

    public static Uri WithQuery(string address, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        if (query.Count == 0) return new Uri(address);
        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        var text = new StringBuilder(fragment < 0 ? address : address[..fragment]);
        var mark = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in query)
        {
            text.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }

        return new Uri(text.ToString());
    }
}
