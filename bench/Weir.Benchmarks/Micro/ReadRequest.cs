using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Weir.Benchmarks.Http;
using Weir.Protocols.Aws.Codec;

namespace Weir.Benchmarks.Micro;

/// <summary>The body of a SendMessage request, of 1 KiB of message, in both of SQS's protocols.</summary>
public class ReadRequest
{
    private const string QueueUrl = "http://127.0.0.1:4566/000000000000/queue";

    private readonly InputTree _tree = new();
    private byte[] _json = [];
    private byte[] _form = [];

    [GlobalSetup]
    public void Write()
    {
        _json = JsonSerializer.SerializeToUtf8Bytes(new { QueueUrl, MessageBody = SqsRequests.BodyText });
        _form = Encoding.ASCII.GetBytes("Action=SendMessage&Version=2012-11-05"
            + $"&QueueUrl={Uri.EscapeDataString(QueueUrl)}&MessageBody={Uri.EscapeDataString(SqsRequests.BodyText)}");
    }

    [Benchmark]
    public bool Json()
    {
        JsonInputReader.Read(_json, _tree);
        var isGood = _tree.Fault is null;
        _tree.Release();
        return isGood;
    }

    [Benchmark]
    public bool Form()
    {
        QueryInputReader.Read(default, _form, _tree);
        var isGood = _tree.Fault is null;
        _tree.Release();
        return isGood;
    }
}
