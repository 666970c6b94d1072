using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Weir.Tests.Tidy;

public sealed class LayerTests
{
    private static readonly string[] Impure =
    [
        "Task", "ValueTask", "Thread", "ThreadPool", "Parallel", "Timer", "Monitor", "Interlocked", "Volatile",
        "Random", "RandomNumberGenerator", "Stream", "File", "Directory", "Socket", "HttpClient", "Console",
        "Environment", "TimeProvider", "IServiceProvider", "ILogger",
    ];

    [Fact]
    public void A_project_references_only_what_lies_below_it_on_the_road() => Complaints.AssertNone(
        "A reference goes down the road only (see Layers): move the code to the layer that may know both.",
        from project in Repository.Projects()
        where project.Path.StartsWith("src/", StringComparison.Ordinal)
        let name = Path.GetFileNameWithoutExtension(project.Path)
        from reference in project.Project.Descendants("ProjectReference")
        let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
        where !Layers.MayKnow.TryGetValue(name, out var known) || !known.Contains(target)
        select $"{project.Path} references {target}");

    [Fact]
    public void A_file_names_only_the_layers_that_its_project_may_know() => Complaints.AssertNone(
        "A layer's source names only layers that it may know (see Layers), whatever the compiler would let through.",
        from file in Repository.Source
        from complaint in WrongLayers(file)
        select complaint);

    [Fact]
    public void A_protocol_never_names_another() => Complaints.AssertNone(
        $"Protocols share {Layers.SharedProtocol} and nothing else: what two of them need goes there.",
        from file in Repository.SourceOf("Weir.Protocols")
        from complaint in WrongProtocols(file)
        select complaint);

    [Fact]
    public void The_engine_is_deterministic() => Complaints.AssertNone(
        "The engine has no async, thread, lock, clock, randomness or I/O: the broker does that and passes it in.",
        from file in Repository.SourceOf("Weir.Engine")
        from complaint in ImpureWords(file)
        select complaint);

    [Theory]
    [InlineData("src/Weir.Engine/A.cs", "using Weir.Journal;")]
    [InlineData("src/Weir.Protocols/Aws/A.cs", "class A { Weir.Journal.LogPosition _position; }")]
    [InlineData("src/Weir.Journal/A.cs", "class A : Weir.Engine.Commands.Command { }")]
    public void An_upward_name_is_found(string path, string text) => Assert.Single(WrongLayers(new(path, text)));

    [Theory]
    [InlineData("src/Weir.Broker/A.cs", "namespace Weir.Broker; using Weir.Journal; using Weir.Engine.Commands;")]
    [InlineData("src/Weir.Protocols/Sqs/A.cs", "namespace Weir.Protocols.Sqs; using Weir.Protocols.Aws;")]
    public void A_downward_name_is_let_through(string path, string text) => Assert.Empty(WrongLayers(new(path, text)));

    [Theory]
    [InlineData("src/Weir.Protocols/Sqs/A.cs", "using Weir.Protocols.Sns;", 1)]
    [InlineData("src/Weir.Protocols/Aws/A.cs", "using Weir.Protocols.Sqs;", 1)]
    [InlineData("src/Weir.Protocols/Sqs/A.cs", "using Weir.Protocols.Aws.Codec; using Weir.Protocols.Sqs.B;", 0)]
    [InlineData(Layers.ServiceList, "using Weir.Protocols.Sqs;", 0)]
    public void Another_protocols_name_is_found(string path, string text, int count) =>
        Assert.Equal(count, WrongProtocols(new(path, text)).Count());

    [Theory]
    [InlineData("class A { async void B() { } }")]
    [InlineData("class A { void B() { lock (this) { } } }")]
    [InlineData("class A { Task B() => null; }")]
    [InlineData("class A { int B() => Random.Shared.Next(); }")]
    public void An_impure_word_is_found(string text) =>
        Assert.NotEmpty(ImpureWords(new("src/Weir.Engine/A.cs", text)));

    private static IEnumerable<string> WrongLayers(SourceFile file)
    {
        var project = file.Path.Split('/')[1];
        var known = Layers.MayKnow.GetValueOrDefault(project, []);
        return
            from name in Names.OfWeir(file)
            from layer in Layers.MayKnow.Keys
            where layer != project && !known.Contains(layer) && Names.IsWithin(name.Namespace, layer)
            select file.At(name.Node, $"{project} names {name.Namespace}");
    }

    private static IEnumerable<string> WrongProtocols(SourceFile file)
    {
        if (file.Path == Layers.ServiceList) return [];
        var folder = file.Path.Split('/')[2];
        return
            from name in Names.OfWeir(file)
            where Names.IsWithin(name.Namespace, "Weir.Protocols")
            let other = name.Namespace.Split('.').ElementAtOrDefault(2)
            where other is not null && other != folder && other != Layers.SharedProtocol
            select file.At(name.Node, $"{folder} names {name.Namespace}");
    }

    private static IEnumerable<string> ImpureWords(SourceFile file) =>
        from token in file.Root.DescendantTokens()
        where token.Kind() is SyntaxKind.AsyncKeyword or SyntaxKind.AwaitKeyword or SyntaxKind.LockKeyword
            || (Impure.Contains(token.ValueText) && NamesAType(token))
        select file.At(token, $"uses {token.ValueText}");

    /// <summary>A member may be called Stream or Task; what counts is a type, or what a dot follows.</summary>
    private static bool NamesAType(SyntaxToken token) =>
        token.Parent is SimpleNameSyntax name
        && name.Parent is not NameColonSyntax
        && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name);
}
