using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Weir.Tests.Tidy;

public sealed class WordTests
{
    private const string NotDone = "NotImplemented" + "Exception";

    private static readonly string[] EmptySuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service"];

    private static readonly string[] Later = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"];

    private static readonly string[] Generators =
        ["LoggerMessage", "LibraryImport", "GeneratedRegex", "JsonSerializable", "JsonSourceGenerationOptions"];

    [Fact]
    public void A_type_is_called_by_what_it_is() => Complaints.AssertNone(
        "Manager, Helper, Utils and Service say nothing: name the role (Options, Config, State, Reader, Session ...).",
        Repository.Files.SelectMany(EmptyNames));

    [Fact]
    public void No_file_hides_its_size_in_regions_or_partial_types() => Complaints.AssertNone(
        "A region or a partial class hides that a file holds two things: split it. Partial is for source generators.",
        Repository.Files.SelectMany(Hidings));

    [Fact]
    public void Nothing_is_left_for_later() => Complaints.AssertNone(
        "Do it now, or file an issue and leave no trace of it in the code.",
        Repository.Files.SelectMany(Leftovers));

    [Theory]
    [InlineData("class QueueManager { }", 1)]
    [InlineData("interface IQueueService { }", 1)]
    [InlineData("class Serviced { }", 0)]
    public void An_empty_name_is_found(string text, int count) =>
        Assert.Equal(count, EmptyNames(new("src/Weir.Broker/A.cs", text)).Count());

    [Fact]
    public void A_protocol_may_name_the_service_that_it_speaks()
    {
        Assert.Empty(EmptyNames(new("src/Weir.Protocols/Sqs/SqsService.cs", "class SqsService { }")));
        Assert.Single(EmptyNames(new("src/Weir.Protocols/Sqs/A.cs", "class QueueService { }")));
    }

    [Theory]
    [InlineData("#region A\n#endregion\n", 1)]
    [InlineData("partial class A { void B() { } }", 1)]
    [InlineData("partial class A { [LoggerMessage(1)] partial void B(); }", 0)]
    [InlineData("[JsonSerializable(typeof(int))] partial class A { }", 0)]
    public void A_hiding_is_found(string text, int count) => Assert.Equal(count, Hidings(new("A.cs", text)).Count());

    [Fact]
    public void A_leftover_is_found()
    {
        Assert.Single(Leftovers(new("A.cs", $"// {Later[0]}: later")));
        Assert.Single(Leftovers(new("A.cs", $"class A {{ void B() => throw new {NotDone}(); }}")));
        Assert.Empty(Leftovers(new("A.cs", "// The todos of a user")));
    }

    private static IEnumerable<string> EmptyNames(SourceFile file) =>
        from type in Names.Types(file)
        let name = type.Identifier.ValueText
        where EmptySuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
        where !IsSpokenService(file, name)
        select file.At(type, name);

    /// <summary>What an Amazon protocol speaks is called a service, and its folder has one type of that name.</summary>
    private static bool IsSpokenService(SourceFile file, string name) =>
        file.Path.StartsWith("src/Weir.Protocols/", StringComparison.Ordinal)
        && name == file.Path.Split('/')[2] + "Service";

    private static IEnumerable<string> Hidings(SourceFile file)
    {
        var regions =
            from trivia in file.Root.DescendantTrivia(descendIntoTrivia: true)
            where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
            select $"{file.Path}: has a region";
        var partials =
            from type in Names.Types(file)
            where type.Modifiers.Any(SyntaxKind.PartialKeyword)
            where !type.DescendantNodes().OfType<AttributeSyntax>().Any(IsGenerators)
            select file.At(type, $"{type.Identifier.ValueText} is partial");
        return regions.Concat(partials);
    }

    private static bool IsGenerators(AttributeSyntax attribute) => Generators.Contains(attribute.Name.ToString());

    private static IEnumerable<string> Leftovers(SourceFile file)
    {
        var comments =
            from trivia in file.Root.DescendantTrivia()
            let text = trivia.ToFullString()
            where text.StartsWith('/') && Later.Any(word => text.Contains(word, StringComparison.Ordinal))
            select $"{file.Path}: {text.Trim()}";
        var thrown =
            from token in file.Root.DescendantTokens()
            where token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == NotDone
            select file.At(token, NotDone);
        return comments.Concat(thrown);
    }
}
