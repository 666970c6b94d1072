using System.Security.Cryptography;
using System.Text;
using Weir.Engine;

namespace Weir.Broker.Secrets;

/// <summary>Encrypts secrets for definitions, so that whoever reads the log does not read them.</summary>
//   "sealed:" base64 of
//   0         1            9              21            37
//   | version | id of key  | nonce        | tag         | encrypted text
//   | 1 byte  | 8 bytes    | 12 bytes     | 16 bytes    | as long as the text in UTF-8
//
// AES-256-GCM (NIST SP 800-38D) with a nonce by chance: safe for 2^32 texts of one key. Authenticated with it are
// version and key id as they stand, and what the secret belongs to: a sealed text that is copied into another's place
// does not open there.
public sealed class SecretBox
{
    private const string Prefix = "sealed:";
    private const byte Version = 1;
    private const int IdAt = 1;
    private const int NonceAt = IdAt + SecretKey.IdBytes;
    private const int TagAt = NonceAt + NonceBytes;
    private const int TextAt = TagAt + TagBytes;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly SecretKey _key;
    private readonly IdSource _ids;

    internal SecretBox(SecretKey key, IdSource ids) => (_key, _ids) = (key, ids);

    /// <summary>True for what a box made, this one or another.</summary>
    public static bool IsSealed(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <param name="belongsTo">Names what the secret is of, unlike any other; needed again to open it.</param>
    public string Seal(string secret, string belongsTo)
    {
        var text = Encoding.UTF8.GetBytes(secret);
        var box = new byte[TextAt + text.Length];
        box[0] = Version;
        _key.IdSpan.CopyTo(box, IdAt);
        Nonce().AsSpan(0, NonceBytes).CopyTo(box.AsSpan(NonceAt));
        using var aes = new AesGcm(_key.Bytes, TagBytes);
        aes.Encrypt(
            box.AsSpan(NonceAt, NonceBytes), text, box.AsSpan(TextAt), box.AsSpan(TagAt, TagBytes),
            Associated(box, belongsTo));
        return Prefix + Convert.ToBase64String(box);
    }

    /// <summary>The secret, or why it does not open: another key, another owner, or damage.</summary>
    public Outcome<string> Open(string sealedText, string belongsTo)
    {
        if (!IsSealed(sealedText)) return Closed(belongsTo, "it is not encrypted");
        var box = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText[Prefix.Length..], box, out var length) || length < TextAt)
            return Closed(belongsTo, "it is damaged");
        if (box[0] != Version) return Closed(belongsTo, "a later version of Weir wrote it");
        if (!box.AsSpan(IdAt, SecretKey.IdBytes).SequenceEqual(_key.IdSpan))
            return Closed(belongsTo, "it was encrypted with another key");
        var text = new byte[length - TextAt];
        try
        {
            using var aes = new AesGcm(_key.Bytes, TagBytes);
            aes.Decrypt(
                box.AsSpan(NonceAt, NonceBytes), box.AsSpan(TextAt, text.Length), box.AsSpan(TagAt, TagBytes), text,
                Associated(box, belongsTo));
        }
        catch (AuthenticationTagMismatchException)
        {
            return Closed(belongsTo, "it is damaged, or belongs to something else");
        }

        return Encoding.UTF8.GetString(text);
    }

    private static Fault Closed(string belongsTo, string reason) =>
        new(FaultCode.Unavailable, $"The secret of {belongsTo} cannot be read: {reason}.");

    private static byte[] Associated(byte[] box, string belongsTo) =>
        [.. box.AsSpan(0, NonceAt), .. Encoding.UTF8.GetBytes(belongsTo)];

    // An id has six bits that are no chance; the digest of two has none in its first twelve bytes.
    private byte[] Nonce() => SHA256.HashData([.. _ids.NewId().ToByteArray(), .. _ids.NewId().ToByteArray()]);
}
