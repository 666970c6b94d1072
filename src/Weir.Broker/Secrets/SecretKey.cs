using System.Security.Cryptography;
using System.Text;

namespace Weir.Broker.Secrets;

/// <summary>What secrets are encrypted with. Its id tells one key from another and nothing of the key.</summary>
public sealed class SecretKey
{
    /// <summary>AES-256.</summary>
    public const int BytesCount = 32;

    internal const int IdBytes = 8;

    private readonly byte[] _bytes;

    /// <param name="bytes">Exactly <see cref="BytesCount"/>, by chance.</param>
    /// <exception cref="ArgumentException">They are more or fewer.</exception>
    public SecretKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != BytesCount) throw new ArgumentException($"A key has {BytesCount} bytes.", nameof(bytes));
        _bytes = bytes.ToArray();
        IdSpan = HMACSHA256.HashData(_bytes, Encoding.ASCII.GetBytes("weir key id"))[..IdBytes];
        Id = Convert.ToHexStringLower(IdSpan);
    }

    /// <summary>16 hexadecimal digits; may be shown.</summary>
    public string Id { get; }

    internal byte[] IdSpan { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;
}
