using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Tests.Simulation;

/// <summary>
/// The simulator beside edited copies of the projects that it simulates: those are compiled from their sources, and the
/// rest of Weir is loaded once more, so that nothing of it is shared with the process.
/// </summary>
internal sealed class MutantLoadContext() : AssemblyLoadContext(isCollectible: true)
{
    private const string Common = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Weir.Tests")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Weir.Simulator")]
        """;

    // In the place of what a source generator writes. Nothing is logged, and the real disk is not needed.
    private const string BrokerLog = """
        namespace Weir.Broker;
        public sealed partial class Broker
        {
            private partial void LogDiskFull() { }
            private partial void LogDiskHasRoom() { }
            private partial void LogFailure(string reason, Exception failure) { }
        }
        """;

    /// <summary>Files and folders that the simulator does not run, and that need more than a compiler.</summary>
    private static readonly string[] LeftOut =
    [
        "FileDisk.cs", "PosixCalls.cs", "obj", "Transforms", "FigureOptions.cs", "FigureSnapshot.cs", "FigureSurvey.cs",
        "QueueSum.cs", "ShownItems.cs", "SurveyRound.cs", "TenantFigures.cs", "PushSpans.cs",
    ];

    /// <summary>The folders of the broker that the simulator runs; what lies above them is not mutated.</summary>
    private static readonly string[] BrokerFolders =
        ["DeadLetters", "Messages", "Placement", "Routing", "Secrets", "Shards", "Survey", "Telemetry"];

    private static readonly string[] Own = ["Weir.Journal", "Weir.Engine", "Weir.Broker", "Weir.Simulator"];

    private readonly Dictionary<string, byte[]> _mutants = [];

    // What no edit touches is read and parsed once for all mutants.
    private static readonly ConcurrentDictionary<string, CSharpCompilation> Originals = new();

    private static readonly MetadataReference[] References = [..
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles a project with some edits.</summary>
    public void Compile(string root, string project, IEnumerable<PlantedEdit> edits)
    {
        var compilation = Originals.GetOrAdd(project, _ => Original(root, project));
        foreach (var file in edits.Where(edit => edit.File.Split('/')[1] == project).GroupBy(edit => edit.File))
        {
            var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == file.Key);
            var text = file.Aggregate(tree.ToString(), (text, edit) => text.Replace(edit.Code, edit.Bug));
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text));
        }

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(5);
            throw new InvalidOperationException($"{project} does not compile: {string.Join("; ", errors)}");
        }

        _mutants.Add(project, image.ToArray());
    }

    /// <summary>What failed in a run of this seed; null when nothing did.</summary>
    public string? Failure(int seed)
    {
        var simulator = LoadFromAssemblyName(new AssemblyName("Weir.Simulator"));
        var scenario = simulator.GetType("Weir.Simulator.Scenario", true)!.GetMethod("FromSeed")!.Invoke(null, [seed]);
        var run = simulator.GetType("Weir.Simulator.Simulation", true)!
            .GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!;
        var result = run.Invoke(null, [scenario, false])!;
        return (string?)result.GetType().GetProperty("Failure")!.GetValue(result);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (_mutants.TryGetValue(assemblyName.Name!, out var image)) return LoadFromStream(new MemoryStream(image));
        return Own.Contains(assemblyName.Name)
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll"))
            : null;
    }

    private static bool IsRun(string project, string[] path) =>
        !path.Any(LeftOut.Contains)
        && (project != "Weir.Broker" || path.Length == 1 || BrokerFolders.Contains(path[0]));

    private static CSharpCompilation Original(string root, string project)
    {
        var directory = Path.Combine(root, "src", project);
        var trees = Directory.GetFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => IsRun(project, Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar)))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetRelativePath(root, file)))
            .Append(CSharpSyntaxTree.ParseText(Common))
            .Append(CSharpSyntaxTree.ParseText(project == "Weir.Broker" ? BrokerLog : ""));
        var references = References
            .Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != project);
        return CSharpCompilation.Create(project, trees, references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Disable));
    }
}
