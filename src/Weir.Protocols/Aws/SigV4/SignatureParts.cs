namespace Weir.Protocols.Aws.SigV4;

/// <summary>The three parts that both forms of a signature carry, as the client wrote them.</summary>
internal ref struct SignatureParts
{
    public ReadOnlySpan<char> Credential;
    public ReadOnlySpan<char> SignedHeaders;
    public ReadOnlySpan<char> Signature;

    public readonly bool IsComplete => !Credential.IsEmpty && !SignedHeaders.IsEmpty && !Signature.IsEmpty;

    /// <summary>False for a part that is unknown, empty or given twice.</summary>
    public bool TrySet(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "Credential" when Credential.IsEmpty:
                Credential = value;
                break;
            case "SignedHeaders" when SignedHeaders.IsEmpty:
                SignedHeaders = value;
                break;
            case "Signature" when Signature.IsEmpty:
                Signature = value;
                break;
            default:
                return false;
        }

        return !value.IsEmpty;
    }

    public readonly IEnumerable<string> Missing()
    {
        List<string> missing = [];
        if (Credential.IsEmpty) missing.Add("Credential");
        if (Signature.IsEmpty) missing.Add("Signature");
        if (SignedHeaders.IsEmpty) missing.Add("SignedHeaders");
        return missing;
    }
}
