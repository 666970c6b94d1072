using System.Buffers.Binary;

namespace Weir.Engine.Commands;

/// <summary>What a publish command appends to the definition that notes where its messages are.</summary>
//   for each publication (of one that was a duplicate the count's bits are turned):
//   0           16        20       24
//   +-----------+---------+--------+------------------------------------------+
//   | id        | count   | told   | told times: queue, sequence, message id  |    little-endian; told <= count
//   +-----------+---------+--------+------------------------------------------+
public static class PlacesFormat
{
    /// <summary>Places that are noted of one publication; the others are only counted.</summary>
    public const int PlacesMax = 100;

    private const int IdLength = 16;
    private const int HeadLength = IdLength + (2 * sizeof(int));
    private const int PlaceLength = (2 * sizeof(long)) + IdLength;

    /// <summary>Reads what was appended.</summary>
    /// <exception cref="InvalidDataException">It is nothing that was.</exception>
    public static IReadOnlyList<NotedPublication> Read(ReadOnlySpan<byte> bytes)
    {
        var noted = new List<NotedPublication>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < HeadLength) throw new InvalidDataException("A note of a publication is cut.");
            var (id, count) = (new Guid(bytes[..IdLength]), BinaryPrimitives.ReadInt32LittleEndian(bytes[IdLength..]));
            var isDuplicate = count < 0;
            if (isDuplicate) count = ~count;
            var told = BinaryPrimitives.ReadInt32LittleEndian(bytes[(IdLength + sizeof(int))..]);
            bytes = bytes[HeadLength..];
            if (told < 0 || told > Math.Min(count, bytes.Length / PlaceLength))
                throw new InvalidDataException($"A note of a publication tells {told} of {count} places.");
            var places = new PlacedMessage[told];
            for (var i = 0; i < told; i++, bytes = bytes[PlaceLength..])
            {
                var place = new MessagePlace(
                    BinaryPrimitives.ReadInt64LittleEndian(bytes),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]));
                places[i] = new PlacedMessage(place, new Guid(bytes.Slice(2 * sizeof(long), IdLength)));
            }

            noted.Add(new NotedPublication(id, count, places, isDuplicate));
        }

        return noted;
    }

    internal static long BytesMax(IReadOnlyList<Publication> publications, IReadOnlyList<Published>? elsewhere) =>
        publications.Index().Sum(one => (long)HeadLength + (PlaceLength * Math.Min(
            PlacesMax, one.Item.Deliveries.Count + (elsewhere?[one.Index].Places.Count ?? 0))));

    internal static byte[] Append(ReadOnlyMemory<byte>? head, IReadOnlyList<Published> published)
    {
        var places = published.Sum(publication => Told(publication));
        var value = new byte[(head?.Length ?? 0) + (HeadLength * published.Count) + (PlaceLength * places)];
        head?.Span.CopyTo(value);
        var rest = value.AsSpan(head?.Length ?? 0);
        foreach (var publication in published)
        {
            publication.MessageId.TryWriteBytes(rest);
            var count = publication.Places.Count;
            BinaryPrimitives.WriteInt32LittleEndian(rest[IdLength..], publication.IsDuplicate ? ~count : count);
            BinaryPrimitives.WriteInt32LittleEndian(rest[(IdLength + sizeof(int))..], Told(publication));
            rest = rest[HeadLength..];
            for (var i = 0; i < Told(publication); i++, rest = rest[PlaceLength..])
            {
                var (place, id) = publication.Places[i];
                BinaryPrimitives.WriteInt64LittleEndian(rest, place.QueueId);
                BinaryPrimitives.WriteInt64LittleEndian(rest[sizeof(long)..], place.Sequence);
                id.TryWriteBytes(rest[(2 * sizeof(long))..]);
            }
        }

        return value;
    }

    private static int Told(Published publication) => Math.Min(PlacesMax, publication.Places.Count);
}

/// <summary>A publication as it was noted.</summary>
/// <param name="Count">Messages that it became; the first of them are in <paramref name="Places"/>.</param>
/// <param name="IsDuplicate">It reached nobody; the places are those of the first one, as far as queues knew.</param>
public sealed record NotedPublication(
    Guid MessageId, int Count, IReadOnlyList<PlacedMessage> Places, bool IsDuplicate);
