using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Weir.Tests.Tidy;

public sealed class TestCodeTests
{
    [Fact]
    public void No_test_sleeps() => Complaints.AssertNone(
        "A test waits for a signal, or moves a FakeTimeProvider on: a sleep is slow or wrong, and in the end both.",
        Repository.Tests.SelectMany(Sleeps));

    [Fact]
    public void Every_operation_has_its_tests()
    {
        var tested = Repository.Tests.SelectMany(Names.Types).Select(type => type.Identifier.ValueText).ToHashSet();

        Complaints.AssertNone(
            "One operation, one file, one test class: add <Operation>Tests under tests/Weir.Tests/Protocols.",
            from file in Repository.SourceOf("Weir.Protocols")
            where file.Path.Contains("/Operations/", StringComparison.Ordinal)
            from type in Names.Types(file)
            let name = type.Identifier.ValueText
            where name.EndsWith("Operation", StringComparison.Ordinal)
            where !tested.Contains(name + "Tests") && !tested.Contains(name[..^"Operation".Length] + "Tests")
            select $"{file.Path} has no {name}Tests");
    }

    [Theory]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("Task.Delay(1)")]
    [InlineData("System.Threading.Thread.Sleep(1)")]
    public void A_sleep_is_found(string call) =>
        Assert.Single(Sleeps(new("A.cs", $"class A {{ void B() => {call}; }}")));

    private static IEnumerable<string> Sleeps(SourceFile file) =>
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let owner = access.Expression.ToString().Split('.')[^1]
        where (owner, access.Name.ToString()) is ("Thread", "Sleep") or ("Task", "Delay")
        select file.At(access, access.ToString());
}
