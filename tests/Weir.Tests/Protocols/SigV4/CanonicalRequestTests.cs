using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws.SigV4;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

public sealed class CanonicalRequestTests
{
    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/a/../..", "/")]
    [InlineData("/a/./b/", "/a/b/")]
    [InlineData("//example//", "/example/")]
    [InlineData("/example space/", "/example%20space/")]
    [InlineData("/a%20b", "/a%2520b")]
    [InlineData("/ሴ", "/%E1%88%B4")]
    [InlineData("/.well-known", "/.well-known")]
    public void A_path_is_normalised_and_encoded_once_more(string path, string canonical) =>
        Assert.Equal(canonical, Written(output => CanonicalPath.Write(output, path)));

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a=")]
    [InlineData("b=2&a=1&a=0", "a=0&a=1&b=2")]
    [InlineData("Param-3=3&Param=2&%E1%88%B4=1", "%E1%88%B4=1&Param=2&Param-3=3")]
    [InlineData("a=%2f%2F/", "a=%2F%2F%2F")]
    [InlineData("a=1+2", "a=1%202")]
    [InlineData("a=100%&b=%zz", "a=100%25&b=%25zz")]
    [InlineData("&&a=b=c&", "a=b%3Dc")]
    public void A_query_is_decoded_encoded_and_sorted(string query, string canonical) =>
        Assert.Equal(canonical, Written(output => CanonicalQuery.Write(output, query, left: null)));

    [Fact]
    public void A_header_is_trimmed_and_its_runs_of_spaces_are_made_one()
    {
        var headers = new HeaderDictionary { ["A"] = new([" one   two ", "three"]), ["B"] = "x" };

        Assert.Equal(
            "b:x\na:one two,three\n",
            Written(output => Assert.True(CanonicalHeaders.TryWrite(output, headers, "b;a"))));
    }

    [Fact]
    public void A_signed_header_that_is_gone_is_noticed() =>
        Assert.False(CanonicalHeaders.TryWrite(new ArrayBufferWriter<byte>(), new HeaderDictionary(), "host"));

    [Fact]
    public void The_documented_request_is_written_as_documented()
    {
        var request = new CanonicalRequest
        {
            Method = "GET",
            Target = new RequestTarget("http://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
            Headers = new HeaderDictionary
            {
                ["X-Amz-Date"] = "20150830T123600Z",
                ["Host"] = "iam.amazonaws.com",
                ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8",
            },
            SignedHeaders = "content-type;host;x-amz-date",
            PayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            IsPresigned = false,
        };
        var hash = new byte[32];

        Assert.True(request.TryHash(hash));
        Assert.Equal(
            "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59", Convert.ToHexStringLower(hash));
    }

    private static string Written(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
