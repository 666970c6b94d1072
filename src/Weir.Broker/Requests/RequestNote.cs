using System.Buffers.Binary;
using System.Security.Cryptography;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Requests;

/// <summary>What is kept of a request with a key: enough to answer it again as it was answered first.</summary>
//   0         1             33           37
//   +---------+-------------+------------+-----------------------+-----------------------+
//   | version | digest      | n messages | n counts (int32)      | places, by the engine |
//   +---------+-------------+------------+-----------------------+-----------------------+
//   A count tells how many publications the message became: an event that goes to topics becomes several.
internal static class RequestNote
{
    private const byte Version = 1;
    private const int CountsAt = 1 + SHA256.HashSizeInBytes + sizeof(int);

    public static byte[] Head(ReadOnlySpan<byte> digest, IReadOnlyList<int> publications)
    {
        var head = new byte[CountsAt + (sizeof(int) * publications.Count)];
        head[0] = Version;
        digest.CopyTo(head.AsSpan(1));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(CountsAt - sizeof(int)), publications.Count);
        for (var i = 0; i < publications.Count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(CountsAt + (sizeof(int) * i)), publications[i]);
        return head;
    }

    public static bool HasDigest(ReadOnlySpan<byte> note, ReadOnlySpan<byte> digest) =>
        note.Slice(1, SHA256.HashSizeInBytes).SequenceEqual(digest);

    public static IReadOnlyList<AcceptedMessage> Read(ReadOnlySpan<byte> note)
    {
        var counts = new int[BinaryPrimitives.ReadInt32LittleEndian(note[(CountsAt - sizeof(int))..])];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = BinaryPrimitives.ReadInt32LittleEndian(note[(CountsAt + (sizeof(int) * i))..]);
        return Group(PlacesFormat.Read(note[(CountsAt + (sizeof(int) * counts.Length))..]), counts);
    }

    public static IReadOnlyList<AcceptedMessage> Group(IReadOnlyList<Published> published, IReadOnlyList<int> counts) =>
        Group(
            [.. published.Select(publication => new NotedPublication(
                publication.MessageId, publication.Places.Count,
                [.. publication.Places.Take(PlacesFormat.PlacesMax)], publication.IsDuplicate))],
            counts);

    private static AcceptedMessage[] Group(IReadOnlyList<NotedPublication> publications, IReadOnlyList<int> counts)
    {
        var (messages, at) = (new AcceptedMessage[counts.Count], 0);
        for (var i = 0; i < messages.Length; at += counts[i++])
        {
            var own = publications.Skip(at).Take(counts[i]).ToArray();
            messages[i] = new AcceptedMessage(
                own[0].MessageId, own.Sum(publication => publication.Count),
                [.. own.SelectMany(publication => publication.Places)], own[0].IsDuplicate);
        }

        return messages;
    }
}
