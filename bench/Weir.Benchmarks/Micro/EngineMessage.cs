using System.Buffers;
using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Weir.Broker;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Benchmarks.Micro;

/// <summary>
/// One message of 1 KiB through the engine alone: sent, leased and deleted, each in a frame of its own.
/// </summary>
public class EngineMessage
{
    private readonly Shard _shard = new(new EngineOptions(), ReadNothing);
    private readonly ArrayBufferWriter<byte> _frame = new(16 << 10);
    private readonly QueueName _queue = new("000000000000", "us-east-1", "queue");
    private readonly IdSource _ids = IdSource.FromSeed(1);
    private readonly byte[] _payload =
        new MessageContent { Body = System.Text.Encoding.UTF8.GetBytes(Http.SqsRequests.BodyText) }.Encode();

    private uint _offset;

    [GlobalSetup]
    public void CreateQueue()
    {
        _ = Execute(new CreateQueueCommand(
            _queue, new QueueConfigPatch(), ImmutableSortedDictionary<string, string>.Empty)).Value;
    }

    [Benchmark]
    public bool SendReceiveDelete()
    {
        var entry = new SendEntry
        {
            MessageId = _ids.NewId(), Payload = _payload, ContentBytes = _payload.Length,
        };
        _ = Execute(new SendCommand(_queue, [entry])).Value;
        var leases = Execute(new ReceiveCommand(_queue, max: 1, visibilityTimeout: null, attemptId: null)).Value;
        return Execute(new DeleteCommand(_queue, [leases[0].Receipt.ToString()])).Value[0].IsOk;
    }

    /// <summary>Nothing is ever spilled here: each message is deleted before the next one is sent.</summary>
    private static void ReadNothing(PayloadRef location, Span<byte> destination) =>
        throw new InvalidOperationException($"Nothing is in the log, and {location} was read.");

    private Outcome<T> Execute<T>(Command<T> command)
    {
        _frame.ResetWrittenCount();
        _shard.BeginFrame(nowUnixMs: 1, _frame, segment: 1, _offset);
        var outcome = _shard.Execute(command);
        _offset += (uint)_frame.WrittenCount;
        return outcome;
    }
}
