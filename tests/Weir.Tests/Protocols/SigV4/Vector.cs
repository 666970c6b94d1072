using System.Text;
using Microsoft.Extensions.Primitives;

namespace Weir.Tests.Protocols.SigV4;

/// <summary>One signed request of the published suite, from the files in Vectors.</summary>
internal static class Vector
{
    private const string Prefix = "Weir.Tests.Protocols.SigV4.Vectors.";

    public static IEnumerable<string> Names() =>
        from resource in typeof(Vector).Assembly.GetManifestResourceNames()
        where resource.StartsWith(Prefix, StringComparison.Ordinal)
        select Path.GetFileNameWithoutExtension(resource[Prefix.Length..]);

    public static TestRequest Read(string name)
    {
        using var stream = typeof(Vector).Assembly.GetManifestResourceStream($"{Prefix}{name}.txt")
            ?? throw new InvalidOperationException($"There is no vector {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = text[..end].Split('\n');

        var request = new TestRequest
        {
            Method = lines[0][..lines[0].IndexOf(' ', StringComparison.Ordinal)],
            Target = lines[0][(lines[0].IndexOf(' ', StringComparison.Ordinal) + 1)..lines[0].LastIndexOf(' ')],
            Body = Encoding.UTF8.GetBytes(text[(end + 2)..]),
        };
        request.Headers.Clear();
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var header = line[..colon];
            request.Headers[header] = StringValues.Concat(request.Headers[header], line[(colon + 1)..].Trim());
        }

        return request;
    }
}
