using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Weir.Tests.Tidy;

public sealed class SizeTests(ITestOutputHelper output)
{
    private const int FileLinesMax = 600;
    private const int FileLinesToLookAt = 300;
    private const int MedianLinesMax = 100;
    private const int MethodLinesMax = 70;
    private const int ColumnsMax = 120;

    [Fact]
    public void No_file_is_longer_than_600_lines()
    {
        foreach (var file in Repository.Files.Where(file => file.LineCount > FileLinesToLookAt))
            output.WriteLine($"{file.Path} has {file.LineCount} lines: give it a second look.");

        Complaints.AssertNone(
            $"A file has at most {FileLinesMax} lines: find the second concept in it and give that its own file.",
            from file in Repository.Files
            where file.LineCount > FileLinesMax
            select $"{file.Path} has {file.LineCount} lines");
    }

    [Theory]
    [InlineData("src/")]
    [InlineData("tests/")]
    public void Half_of_the_files_are_shorter_than_100_lines(string folder)
    {
        var lines = Repository.Files
            .Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => file.LineCount)
            .Order()
            .ToList();

        Assert.True(
            lines[lines.Count / 2] < MedianLinesMax,
            $"The median file of {folder} has {lines[lines.Count / 2]} lines; below {MedianLinesMax} is right: split.");
    }

    [Fact]
    public void No_method_is_longer_than_70_lines() => Complaints.AssertNone(
        $"A method has at most {MethodLinesMax} lines: name its steps and make them methods.",
        Repository.Files.SelectMany(LongMethods));

    [Fact]
    public void No_line_is_wider_than_120_columns() => Complaints.AssertNone(
        $"A line has at most {ColumnsMax} columns: break it, or name a part of it.",
        Repository.Files.SelectMany(WideLines));

    [Fact]
    public void A_method_of_71_lines_and_a_line_of_121_columns_are_found()
    {
        var method = $"class A {{ void B()\n{{{new string('\n', MethodLinesMax - 1)}}} }}";
        var shorter = $"class A {{ void B()\n{{{new string('\n', MethodLinesMax - 2)}}} }}";

        Assert.Single(LongMethods(new("A.cs", method)));
        Assert.Empty(LongMethods(new("A.cs", shorter)));
        Assert.Single(WideLines(new("A.cs", new string('/', ColumnsMax + 1))));
        Assert.Empty(WideLines(new("A.cs", new string('/', ColumnsMax))));
    }

    private static IEnumerable<string> LongMethods(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or BasePropertyDeclarationSyntax
        let span = node.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MethodLinesMax
        select file.At(node, $"{lines} lines");

    private static IEnumerable<string> WideLines(SourceFile file) =>
        from line in file.Lines
        where line.Span.Length > ColumnsMax
        select $"{file.Path}:{line.LineNumber + 1}: {line.Span.Length} columns";
}
