using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Tests.Tidy;

/// <summary>What a file names: the namespaces it draws in, and the words in its code.</summary>
internal static class Names
{
    /// <summary>Every namespace of Weir that the file uses or spells out, such as <c>Weir.Journal</c>.</summary>
    public static IEnumerable<(SyntaxNode Node, string Namespace)> OfWeir(SourceFile file)
    {
        var nodes = file.Root.DescendantNodes().OfType<QualifiedNameSyntax>().Cast<SyntaxNode>()
            .Concat(file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>());
        foreach (var node in nodes)
        {
            if (node.Parent is QualifiedNameSyntax or MemberAccessExpressionSyntax or BaseNamespaceDeclarationSyntax)
                continue;
            var name = node.ToString();
            if (name.StartsWith("Weir.", StringComparison.Ordinal)) yield return (node, name);
        }
    }

    /// <summary>Every type that the file declares.</summary>
    public static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceFile file) =>
        file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    /// <summary>True for <c>Weir.Journal</c> and <c>Weir.Journal.Disk</c>, not for <c>Weir.JournalX</c>.</summary>
    public static bool IsWithin(string name, string space) =>
        name == space || name.StartsWith(space + ".", StringComparison.Ordinal);
}
