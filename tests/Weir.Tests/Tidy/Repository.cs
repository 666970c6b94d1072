using System.Xml.Linq;

namespace Weir.Tests.Tidy;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "node_modules", "artifacts", "BenchmarkDotNet.Artifacts"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() =>
        [.. Find("*.cs", "src", "tests", "bench").AsParallel().Select(Read).OrderBy(file => file.Path)]);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files => Parsed.Value;

    public static IEnumerable<SourceFile> Source => Files.Where(file => IsIn(file, "src/"));

    public static IEnumerable<SourceFile> Tests => Files.Where(file => IsIn(file, "tests/"));

    public static IEnumerable<SourceFile> SourceOf(string project) =>
        Files.Where(file => IsIn(file, $"src/{project}/"));

    /// <summary>Every project file, by its path from the root.</summary>
    public static IEnumerable<(string Path, XElement Project)> Projects() =>
        Find("*.csproj", "src", "tests", "bench").Select(path => (Relative(path), XElement.Load(path)));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The files of the named folders that were written by hand, as full paths.</summary>
    public static IEnumerable<string> Find(string pattern, params string[] folders) =>
        from folder in folders
        let full = Path.Combine(Root, folder)
        where Directory.Exists(full)
        from file in Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories)
        where !Relative(file).Split('/').Any(Built.Contains)
        select file;

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsIn(SourceFile file, string folder) => file.Path.StartsWith(folder, StringComparison.Ordinal);

    private static SourceFile Read(string path) => new(Relative(path), File.ReadAllText(path));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Weir.slnx"))) return folder;
        }

        throw new InvalidOperationException("The tests do not lie below the folder that holds Weir.slnx.");
    }
}
