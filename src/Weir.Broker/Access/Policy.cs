using Weir.Engine;

namespace Weir.Broker.Access;

/// <summary>What a policy says of a request: the statements that deny and allow it, by name.</summary>
/// <param name="IsDirect">The allow is for the caller, not for its account as a whole.</param>
internal readonly record struct PolicyFindings(string? Deny, string? Allow, bool IsDirect);

/// <summary>
/// A policy of a key, or of a queue, topic or bus, in Amazon's policy language, compiled. Immutable. What Weir does not
/// serve of the language is refused when it is read, so a policy that is there holds in all it says.
/// </summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
public sealed class Policy
{
    /// <summary>Actions, resources, principals and values of conditions, all together.</summary>
    public const int ValuesMax = 1_000;

    private readonly Statement[] _statements;

    internal Policy(Statement[] statements) => _statements = statements;

    public int StatementCount => _statements.Length;

    /// <summary>Reads a policy.</summary>
    /// <returns>A fault of <see cref="FaultCode.InvalidValue"/> names what is wrong, and where.</returns>
    public static Outcome<Policy> Parse(string json, PolicyScope scope) => PolicyReader.Read(json, scope);

    internal PolicyFindings Find(AccessRequest request)
    {
        var (allow, isDirect) = ((string?)null, false);
        foreach (var statement in _statements)
        {
            if (statement.IsDeny ? !statement.Applies(request, out _) : isDirect) continue;
            if (statement.IsDeny) return new PolicyFindings(statement.Name, null, false);
            if (!statement.Applies(request, out var direct) || (allow is not null && !direct)) continue;
            (allow, isDirect) = (statement.Name, direct);
        }

        return new PolicyFindings(null, allow, isDirect);
    }
}
