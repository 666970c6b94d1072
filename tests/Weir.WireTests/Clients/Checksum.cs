using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>
/// The MD5s as SQS documents them, computed here again because boto3 and the AWS CLI do not check them themselves.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
/// </summary>
public static class Checksum
{
    private const byte TextValue = 1;
    private const byte BinaryValue = 2;

    public static string OfText(string text) => Hex(Encoding.UTF8.GetBytes(text));

    // Attributes in order of name, each as
    //   +-------------+------+-------------+------+---------+--------------+-------+
    //   | length (BE) | name | length (BE) | type | 1 or 2  | length (BE)  | value |
    //   +-------------+------+-------------+------+---------+--------------+-------+
    public static string OfAttributes(JsonObject attributes)
    {
        using var encoded = new MemoryStream();
        foreach (var (name, attribute) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Part(encoded, Encoding.UTF8.GetBytes(name));
            Part(encoded, Encoding.UTF8.GetBytes((string)attribute!["DataType"]!));
            var isBinary = attribute["BinaryValue"] is not null;
            encoded.WriteByte(isBinary ? BinaryValue : TextValue);
            Part(encoded, isBinary
                ? Convert.FromBase64String((string)attribute["BinaryValue"]!)
                : Encoding.UTF8.GetBytes((string)attribute["StringValue"]!));
        }
        return Hex(encoded.ToArray());
    }

    private static void Part(MemoryStream encoded, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        encoded.Write(length);
        encoded.Write(bytes);
    }

#pragma warning disable CA5351 // The protocol's checksum is MD5; nothing is secured by it.
    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
