namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The credential of a signature: <c>AccessKeyId/yyyyMMdd/region/service/aws4_request</c>. Read from the right, so that
/// an access key id may hold slashes.
/// </summary>
internal readonly ref struct CredentialScope
{
    public const string Terminator = "aws4_request";
    public const int DateLength = 8;
    private const int NameLengthMax = 64;

    private CredentialScope(ReadOnlySpan<char> credential, int date, int region, int service, int terminator)
    {
        Credential = credential;
        AccessKeyId = credential[..(date - 1)];
        Date = credential[date..(region - 1)];
        Region = credential[region..(service - 1)];
        Service = credential[service..(terminator - 1)];
        Scope = credential[date..];
    }

    public ReadOnlySpan<char> Credential { get; }

    public ReadOnlySpan<char> AccessKeyId { get; }

    public ReadOnlySpan<char> Date { get; }

    public ReadOnlySpan<char> Region { get; }

    public ReadOnlySpan<char> Service { get; }

    /// <summary>The credential without its access key id, as the string to sign has it.</summary>
    public ReadOnlySpan<char> Scope { get; }

    public static bool TryParse(ReadOnlySpan<char> credential, out CredentialScope scope)
    {
        scope = default;
        var terminator = credential.LastIndexOf('/') + 1;
        if (terminator <= 1 || !credential[terminator..].SequenceEqual(Terminator)) return false;
        var service = credential[..(terminator - 1)].LastIndexOf('/') + 1;
        if (service <= 1) return false;
        var region = credential[..(service - 1)].LastIndexOf('/') + 1;
        if (region <= 1) return false;
        var date = credential[..(region - 1)].LastIndexOf('/') + 1;
        if (date <= 1) return false;

        scope = new(credential, date, region, service, terminator);
        return scope.Date.Length == DateLength && !scope.Date.ContainsAnyExceptInRange('0', '9')
            && IsName(scope.Region) && IsName(scope.Service);
    }

    /// <summary>A region becomes part of names and ARNs, so it is held to what regions are made of.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > NameLengthMax) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') return false;
        }

        return true;
    }
}
