using System.Text;
using Weir.Engine;

namespace Weir.Broker.Routing.Patterns;

/// <summary>The limits that concern a pattern as a whole.</summary>
internal static class PatternLimits
{
    private const int PointsOfManyStars = 3;

    public static Fault? Check(PatternTerm pattern, PatternOptions options)
    {
        var paths = pattern.AllConditions.Select(condition => Encoding.UTF8.GetString(condition.Path));
        var keys = paths.Distinct().Count();
        if (keys > options.KeysMax)
            return Pattern.Refuse($"it has {keys} keys, and at most {options.KeysMax} are allowed");

        var choices = pattern.Combinations(_ => 1);
        if (choices > options.ChoicesMax)
            return Pattern.Refuse($"its $or unfold to more than {options.ChoicesMax} combinations");

        var combinations = pattern.Combinations(
            condition => (double)condition.Tests.Count * (options.CountsDepth ? condition.Depth : 1));
        if (combinations > options.CombinationsMax)
            return Pattern.Refuse($"it is too complex: more than {options.CombinationsMax} combinations of values");

        var points = pattern.AllConditions.SelectMany(condition => condition.Tests).Sum(Points);
        if (points > options.WildcardPointsMax)
        {
            return Pattern.Refuse(
                $"its wildcards are too complex: {points} points, and at most {options.WildcardPointsMax} are allowed");
        }

        return null;
    }

    private static int Points(ValueTest test)
    {
        if (test.Kind == TestKind.AnythingBut) return test.Except.Sum(Points);
        if (test.Kind != TestKind.Wildcard) return 0;
        var stars = WildcardText.Stars(test.Bytes);
        return stars > 1 ? PointsOfManyStars * stars : stars;
    }
}
