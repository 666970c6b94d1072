using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Weir.Engine;

namespace Weir.Protocols.Rest;

/// <summary>
/// What a status URL ends in. It is of use to the account that it was answered to and to no other, even when the queue
/// is gone and nothing else tells whose it was.
/// </summary>
// Layout, little-endian, in base64url:
//   0       8          16          32    48
//   +-------+----------+-----------+-----+
//   | queue | sequence | id        | mac |   mac = the first half of HMAC-SHA-256 of the bytes before it and the
//   +-------+----------+-----------+-----+   account, with a key that is derived from the server's
internal sealed class MessageTokenFormat(Broker.Broker broker)
{
    private const string Purpose = "rest status url";
    private const int IdAt = 2 * sizeof(long);
    private const int MacAt = IdAt + 16;
    private const int MacLength = 16;
    private const int Length = MacAt + MacLength;

    private byte[]? _key;

    public string Write(MessageToken token, string account)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, token.Place.QueueId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], token.Place.Sequence);
        token.MessageId.TryWriteBytes(bytes[IdAt..]);
        WriteMac(bytes[..MacAt], account, bytes[MacAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for what was not answered to this account.</summary>
    public bool TryParse(ReadOnlySpan<char> text, string account, out MessageToken token)
    {
        token = default;
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> mac = stackalloc byte[MacLength];
        if (Base64Url.GetMaxDecodedLength(text.Length) != Length
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Length)
            return false;
        WriteMac(bytes[..MacAt], account, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[MacAt..])) return false;
        var place = new MessagePlace(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]));
        token = new MessageToken(place, new Guid(bytes.Slice(IdAt, 16)));
        return true;
    }

    /// <summary>Without a key of the server's the URLs hold until it stops.</summary>
    private byte[] FindKey() => broker.Secrets.Derive(Purpose) is { IsOk: true } derived
        ? derived.Value
        : SHA256.HashData([.. broker.Ids.NewId().ToByteArray(), .. broker.Ids.NewId().ToByteArray()]);

    private void WriteMac(ReadOnlySpan<byte> fields, string account, Span<byte> mac)
    {
        if (_key is null) Interlocked.CompareExchange(ref _key, FindKey(), null);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, [.. fields, .. Encoding.ASCII.GetBytes(account)], hash);
        hash[..MacLength].CopyTo(mac);
    }
}
