using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Weir.Tests.Tidy;

public sealed class BuildTests
{
    /// <summary>The places that are the real clock, disk or chance, which everything else is handed.</summary>
    private static readonly string[] MaySuppress = ["src/Weir.Server/", "src/Weir.Journal/Disk/", "src/Weir.Testing/"];

    [Fact]
    public void Every_package_version_is_central() => Complaints.AssertNone(
        "A version stands once, in Directory.Packages.props: take it out of the project.",
        from project in Repository.Projects()
        from reference in project.Project.Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
        select $"{project.Path}: {reference.Attribute("Include")?.Value}");

    [Fact]
    public void The_banned_symbols_are_wired_for_all_of_src()
    {
        var props = XElement.Parse(Repository.Read("Directory.Build.props"));
        var files = props.Descendants("AdditionalFiles").Single(
            file => file.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));

        Assert.Contains("/src/", files.Parent!.Attribute("Condition")!.Value, StringComparison.Ordinal);
        Assert.Contains(
            props.Descendants("PackageReference"),
            package => package.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains("TimeProvider.System;", Repository.Read("BannedSymbols.txt"), StringComparison.Ordinal);
        Complaints.AssertNone(
            "A project of src does not set AdditionalFiles or NoWarn for banned symbols: it is wired for all of them.",
            from project in Repository.Projects()
            where project.Project.ToString().Contains("RS0030", StringComparison.Ordinal)
            select project.Path);
    }

    [Fact]
    public void A_banned_symbol_is_used_only_at_the_edges_and_with_a_reason() => Complaints.AssertNone(
        "RS0030 is suppressed only where the real clock or disk comes in, by a pragma with the reason at or above it.",
        from file in Repository.Source
        from complaint in BareSuppressions(file)
        select complaint);

    [Fact]
    public void A_suppression_elsewhere_or_without_reason_is_found()
    {
        Assert.Single(BareSuppressions(new("src/Weir.Engine/A.cs", "#pragma warning disable RS0030 // It must.\n")));
        Assert.Single(BareSuppressions(new("src/Weir.Server/A.cs", "#pragma warning disable RS0030\n")));
        Assert.Empty(BareSuppressions(new("src/Weir.Server/A.cs", "#pragma warning disable RS0030 // It must.\n")));
        Assert.Empty(BareSuppressions(new("src/Weir.Server/A.cs", "// It must.\n#pragma warning disable RS0030\n")));
    }

    private static IEnumerable<string> BareSuppressions(SourceFile file) =>
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
        let text = trivia.ToFullString()
        where text.Contains("disable", StringComparison.Ordinal) && text.Contains("RS0030", StringComparison.Ordinal)
        let line = file.Lines.GetLineFromPosition(trivia.SpanStart).LineNumber
        where !(HasComment(file, line - 1) || HasComment(file, line))
            || !MaySuppress.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal))
        select $"{file.Path}: {text.Trim()}";

    private static bool HasComment(SourceFile file, int line) =>
        line >= 0 && file.Lines[line].ToString().Contains("//", StringComparison.Ordinal);
}
