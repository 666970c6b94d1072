using Weir.Protocols.Aws.Codec;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>The Query reader gives the same tree however the fields are spread over the URL and the body.</summary>
internal sealed class QueryTarget : HostileReader
{
    private readonly InputTree _whole = new();
    private readonly InputTree _split = new();

    public override string Name => "query";

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        SqsSeeds.Requests.Select(r => r.Form).Concat(SnsSeeds.Requests.Select(r => r.Form)));

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "&Attribute.1.Name=", "&Attribute.2.Value=", ".1", ".0", ".01", ".2147483647",
        "&Tag.1.Key=a&Tag.1.Value=b", "....", ".member.1", ".entry.1", "&Attributes.entry.1.key=",
        "&QueueUrl=", "&Entry", "%2E", "%26", "%3D");

    public override bool Takes(byte[] input)
    {
        try
        {
            QueryInputReader.Read(default, input, _whole);
            var split = Array.IndexOf(input, (byte)'&', input.Length / 2);
            if (split < 0) QueryInputReader.Read(input, default, _split);
            else QueryInputReader.Read(input.AsMemory(0, split), input.AsMemory(split + 1), _split);

            Require(_whole.Fault?.Message == _split.Fault?.Message, "a split changes what is refused");
            if (_whole.Fault is not null) return false;
            Require(IsSame(InputTree.Root, InputTree.Root), "a split changes the tree");
            return true;
        }
        finally
        {
            _whole.Release();
            _split.Release();
        }
    }

    private bool IsSame(int a, int b)
    {
        var (one, other) = (_whole[a], _split[b]);
        if (one.Kind != other.Kind || !_whole.NameOf(a).SequenceEqual(_split.NameOf(b))) return false;
        if (!_whole.Bytes(one.Value).Span.SequenceEqual(_split.Bytes(other.Value).Span)) return false;
        for (a = one.FirstChild, b = other.FirstChild; a >= 0 && b >= 0; a = _whole[a].Next, b = _split[b].Next)
        {
            if (!IsSame(a, b)) return false;
        }

        return a == b;
    }
}
