using System.Diagnostics;
using System.Reflection;

namespace Weir.WireTests.Clients;

/// <summary>
/// Where the clients of other languages are. A missing one fails the tests that need it, in a sentence: a skipped
/// client would pass for a tested one.
/// </summary>
public sealed record Program(string Path, string Missing)
{
    public ProcessStartInfo With(params string[] arguments)
    {
        if (!File.Exists(Path)) throw new InvalidOperationException(Missing);
        return new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}

public static class Programs
{
    public static Program Python { get; } = new(
        "/usr/bin/python3", "boto3 is missing: install the Debian package python3-boto3.");

    public static Program CommandLine { get; } = new(
        "/usr/bin/aws", "The AWS CLI is missing: install the Debian package awscli.");

    public static Program Node { get; } = new(
        OnPath("node"), "Node.js is missing: install it (20 or later), then run npm ci in tests/Weir.WireTests/js.");

    /// <summary>The directory of this project, where the drivers are.</summary>
    public static string TestDirectory { get; } = typeof(Programs).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "TestDirectory").Value!;

    /// <summary>Shapes that the old clients' models lack: see python/models/README.md.</summary>
    public static string ModelsDirectory { get; } = Path.Combine(TestDirectory, "python", "models");

    private static string OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists) ?? program;
}
