using System.Text;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The query form of a signature, for requests that someone else sends:
/// <code>
/// ?X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=...&amp;X-Amz-Date=20150830T123600Z
///     &amp;X-Amz-Expires=3600&amp;X-Amz-SignedHeaders=host&amp;X-Amz-Signature=64 hex digits
/// </code>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
/// </summary>
internal ref struct PresignedQuery
{
    public const string SignatureName = "X-Amz-Signature";
    public const int ExpiresSecondsMax = 604_800;
    private const string Prefix = "X-Amz-";

    public SignatureParts Parts;
    public string? Algorithm;
    public string? Date;
    public string? Expires;

    /// <summary>Only the credential, for a server that does not verify. Empty when there is none.</summary>
    public static ReadOnlySpan<char> FindCredential(RequestTarget target)
    {
        foreach (var range in target.Query.Split('&'))
        {
            if (TryReadPart(target.Query[range], out var name, out var value) && name == "Credential") return value;
        }

        return default;
    }

    /// <summary>False when the query has no part of a signature. It is ambiguous when one is there twice.</summary>
    public static bool TryRead(ReadOnlySpan<char> query, out PresignedQuery presigned, out bool isAmbiguous)
    {
        presigned = default;
        isAmbiguous = false;
        var found = false;
        foreach (var range in query.Split('&'))
        {
            if (!TryReadPart(query[range], out var name, out var value)) continue;
            switch (name)
            {
                case "Algorithm":
                    isAmbiguous |= presigned.Algorithm is not null;
                    presigned.Algorithm = value;
                    break;
                case "Date":
                    isAmbiguous |= presigned.Date is not null;
                    presigned.Date = value;
                    break;
                case "Expires":
                    isAmbiguous |= presigned.Expires is not null;
                    presigned.Expires = value;
                    break;
                case "Credential" or "SignedHeaders" or "Signature":
                    isAmbiguous |= !presigned.Parts.TrySet(name, value);
                    break;
                default:
                    continue;
            }

            found = true;
        }

        return found;
    }

    public readonly IEnumerable<string> Missing()
    {
        List<string> missing = [];
        if (Algorithm is null) missing.Add("Algorithm");
        if (Date is null) missing.Add("Date");
        if (Expires is null) missing.Add("Expires");
        return missing.Concat(Parts.Missing()).Select(static name => Prefix + name);
    }

    private static bool TryReadPart(ReadOnlySpan<char> parameter, out string name, out string value)
    {
        name = value = "";
        var equals = parameter.IndexOf('=');
        if (equals < 0) return false;
        var decoded = Decode(parameter[..equals]);
        if (!decoded.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        name = decoded[Prefix.Length..];
        value = Decode(parameter[(equals + 1)..]);
        return true;
    }

    private static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('%', '+') < 0) return text.ToString();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = UriEncoding.DecodeForm(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
