namespace Weir.Broker.Access;

/// <summary>Texts with <c>*</c> for any characters, none too, and <c>?</c> for one.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
internal static class Wildcard
{
    /// <summary>
    /// Only the last star that was passed is ever tried anew, so it takes at most the product of the two lengths.
    /// </summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoresCase = false)
    {
        var (at, next, star, resume) = (0, 0, -1, 0);
        while (next < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, next);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || IsSame(pattern[at], text[next], ignoresCase)))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                (at, next) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }

    /// <summary>Whether a text has one of the two in it.</summary>
    public static bool HasAny(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;

    private static bool IsSame(char one, char other, bool ignoresCase) =>
        one == other || (ignoresCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
