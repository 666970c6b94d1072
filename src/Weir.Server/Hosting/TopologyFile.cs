using System.Collections;
using System.Text;
using Weir.Broker.Tenants;
using Weir.Protocols.Rest;
using Weir.Server.Options;

// The file is the user's, and the environment is what it names its secrets by.
#pragma warning disable RS0030

namespace Weir.Server.Hosting;

/// <summary>Applies the topology file that the options name, before the server is ready.</summary>
internal static class TopologyFile
{
    /// <summary>As long as a request with a topology may be by default.</summary>
    private const int LengthMax = 16 << 20;

    /// <summary>Who did it, in the audit log; nobody can sign with it.</summary>
    private static readonly AccessKey Itself = new("topology-file", "", AccessKey.AnyAccount)
    {
        User = "topology-file", IsAdmin = true,
    };

    /// <returns>Secrets that are told this once.</returns>
    /// <exception cref="TopologyException">It cannot be read or applied.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(RestEndpoint rest, ServerOptions options)
    {
        if (options.Topology is not { } path) return [];
        var text = await ReadAsync(path);
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
        var (secrets, problem) = await rest.ApplyTopologyAsync(text, Itself, variables);
        return problem is null
            ? secrets
            : throw new TopologyException(string.Join("\n  ", [$"The topology {path}: {problem}", .. secrets]));
    }

    private static async Task<string> ReadAsync(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LengthMax)
                throw new TopologyException($"The topology {path} is longer than {LengthMax} bytes.");
            return await File.ReadAllTextAsync(path, Encoding.UTF8);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TopologyException($"The topology {path} cannot be read: {failure.Message}");
        }
    }
}
