namespace Weir.Server.Options;

/// <summary>Where options come from: appsettings.json, then the environment, then the command line.</summary>
internal static class ServerConfiguration
{
    public const string FileName = "appsettings.json";

    /// <param name="folder">Where the file is looked for.</param>
    /// <param name="arguments">Names of options, such as <c>Port</c>, and what the command line gave for them.</param>
    public static IConfiguration Build(string folder, IEnumerable<KeyValuePair<string, string?>> arguments) =>
        new ConfigurationBuilder()
            .SetBasePath(folder)
            .AddJsonFile(FileName, optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(arguments.Select(static argument => KeyValuePair.Create(
                $"{ServerOptionsReader.SectionName}:{argument.Key}", argument.Value)))
            .Build();
}
