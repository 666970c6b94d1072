using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Weir.Benchmarks.Http;

namespace Weir.Benchmarks.Micro;

/// <summary>The MD5 that SQS answers with each message of 1 KiB.</summary>
[SuppressMessage("Security", "CA5351", Justification = "The protocol prescribes MD5, as a checksum.")]
public class DigestBody
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(SqsRequests.BodyText);
    private readonly byte[] _digest = new byte[MD5.HashSizeInBytes];

    [Benchmark]
    public int Md5() => MD5.HashData(_body, _digest);
}
