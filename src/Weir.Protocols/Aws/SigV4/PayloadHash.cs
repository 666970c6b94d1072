using System.Buffers;
using System.Security.Cryptography;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>The SHA-256 of a body that may lie in several pieces, in the lower-case hex that signatures use.</summary>
internal static class PayloadHash
{
    public const int HexLength = SHA256.HashSizeInBytes * 2;

    public static void Write(ReadOnlySequence<byte> body, Span<char> hex)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (body.IsSingleSegment)
        {
            SHA256.HashData(body.FirstSpan, hash);
        }
        else
        {
            using var pieces = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var piece in body) pieces.AppendData(piece.Span);
            pieces.GetHashAndReset(hash);
        }

        Convert.TryToHexStringLower(hash, hex, out _);
    }
}
