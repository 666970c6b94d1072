using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.WireTests.Server;

/// <summary>Without configured keys a 12-digit access key id is the account: each name here has its own.</summary>
public static class Account
{
    private const ulong Accounts = 1_000_000_000_000;

    public static string Of(params string[] names)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', names)));
        var number = BinaryPrimitives.ReadUInt64LittleEndian(hash) % Accounts;
        return number.ToString("D12", CultureInfo.InvariantCulture);
    }
}
