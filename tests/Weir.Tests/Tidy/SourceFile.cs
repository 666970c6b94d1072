using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Tests.Tidy;

/// <summary>A C# file, parsed but not compiled: the rules are about what is written.</summary>
internal sealed class SourceFile
{
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Root = CSharpSyntaxTree.ParseText(text).GetRoot();
        Lines = SourceText.From(text).Lines;
    }

    /// <summary>From the root of the repository, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public SyntaxNode Root { get; }

    public TextLineCollection Lines { get; }

    /// <summary>A last line that only ends the one before it is none.</summary>
    public int LineCount => Lines.Count - (Text.EndsWith('\n') ? 1 : 0);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    private static int LineOf(SyntaxNodeOrToken item) => item.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;

    public string At(SyntaxNodeOrToken item, string complaint) => $"{Path}:{LineOf(item)}: {complaint}";
}
