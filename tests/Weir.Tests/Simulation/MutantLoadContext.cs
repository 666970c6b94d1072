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
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Weir.Tests")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Weir.Simulator")]
        """;

    /// <summary>What needs more than a compiler, and is not needed without the real disk.</summary>
    private static readonly string[] LeftOut = ["FileDisk.cs", "PosixCalls.cs", "obj", "bin"];

    private static readonly string Configuration =
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

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

    /// <summary>What failed in a run of this seed, of a flow or of the clients' requests alone; null when nothing
    /// did.</summary>
    public string? Failure(int seed, bool isFlow)
    {
        var simulator = LoadFromAssemblyName(new AssemblyName("Weir.Simulator"));
        var draw = isFlow ? "FlowFromSeed" : "FromSeed";
        var scenario = simulator.GetType("Weir.Simulator.Scenario", true)!.GetMethod(draw)!.Invoke(null, [seed]);
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

    private static CSharpCompilation Original(string root, string project)
    {
        var directory = Path.Combine(root, "src", project);

        // What source generators made of the sources when they were built.
        var generated = Path.Combine(directory, "obj", Configuration, "net10.0", "generated");
        var files = Directory.GetFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar)
                .Any(LeftOut.Contains))
            .Concat(Directory.Exists(generated)
                ? Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories)
                : []);
        var trees = files
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetRelativePath(root, file)))
            .Append(CSharpSyntaxTree.ParseText(Common));
        var references = References
            .Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != project);
        return CSharpCompilation.Create(project, trees, references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Disable));
    }
}
