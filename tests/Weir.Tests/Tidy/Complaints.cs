using Xunit;

namespace Weir.Tests.Tidy;

internal static class Complaints
{
    /// <summary>Fails with every complaint on its own line, under the rule that says what to do about them.</summary>
    public static void AssertNone(string rule, IEnumerable<string> complaints)
    {
        var all = complaints.ToList();
        if (all.Count > 0) Assert.Fail($"{rule}\n{string.Join('\n', all.Select(complaint => "  " + complaint))}");
    }
}
