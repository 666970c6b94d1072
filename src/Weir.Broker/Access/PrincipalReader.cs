using System.Text.Json;
using Weir.Broker.Tenants;

namespace Weir.Broker.Access;

/// <summary>Reads for whom a statement is.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
internal static class PrincipalReader
{
    private const string Everybody = "*";
    private const string UserPrefix = "user/";
    private const string ServiceSuffix = ".amazonaws.com";

    /// <summary>Null with the reason noted in the reader.</summary>
    public static PrincipalSet? Read(PolicyReader reader, JsonElement value, bool isAllBut)
    {
        var found = new Found();
        if (value.ValueKind == JsonValueKind.String && value.GetString() == Everybody)
        {
            found.IsEverybody = true;
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject()) ReadKind(reader, member, found);
            if (found.Count == 0) reader.Refuse("Principal names nobody.");
        }
        else
        {
            reader.Refuse("Principal must be * or an object.");
        }

        return reader.IsWrong ? null : new PrincipalSet
        {
            IsAllBut = isAllBut,
            IsEverybody = found.IsEverybody,
            Accounts = found.Accounts,
            Users = found.Users,
            Services = found.Services,
        };
    }

    private static void ReadKind(PolicyReader reader, JsonProperty member, Found found)
    {
        if (member.Name is not ("AWS" or "Service"))
        {
            reader.Refuse($"Weir knows no principals of the kind {member.Name}, only AWS and Service.");
            return;
        }

        foreach (var text in reader.Texts(member.Value, "Principal"))
        {
            if (member.Name == "Service") ReadService(reader, text, found);
            else ReadAws(reader, text, found);
        }
    }

    // A service that Weir has not never asks for anything; what is granted to it harms nobody.
    private static void ReadService(PolicyReader reader, string text, Found found)
    {
        if (text.Length > ServiceSuffix.Length && text.EndsWith(ServiceSuffix, StringComparison.Ordinal)
            && !Wildcard.HasAny(text))
        {
            found.Services.Add(text);
        }
        else
        {
            reader.Refuse($"the principal {text} is no service, such as sns{ServiceSuffix}.");
        }
    }

    private static void ReadAws(PolicyReader reader, string text, Found found)
    {
        if (text == Everybody)
        {
            found.IsEverybody = true;
            return;
        }

        if (AccessKey.IsAccount(text))
        {
            found.Accounts.Add(text);
            return;
        }

        var parts = text.Split(':');
        var isIam = parts.Length == 6 && parts[0] == "arn" && parts[1].StartsWith("aws", StringComparison.Ordinal)
            && parts[2] == "iam" && parts[3].Length == 0 && AccessKey.IsAccount(parts[4]);
        if (isIam && parts[5] == "root") found.Accounts.Add(parts[4]);
        else if (isIam && parts[5].StartsWith(UserPrefix, StringComparison.Ordinal)
            && KeyConfig.IsUser(parts[5][UserPrefix.Length..]))
        {
            found.Users.Add((parts[4], parts[5][UserPrefix.Length..]));
        }
        else
        {
            reader.Refuse($"the principal {text} is neither *, an account of 12 digits, arn:aws:iam::account:root nor "
                + "arn:aws:iam::account:user/name; Weir has no roles.");
        }
    }

    private sealed class Found
    {
        public bool IsEverybody { get; set; }

        public HashSet<string> Accounts { get; } = new(StringComparer.Ordinal);

        public HashSet<(string Account, string User)> Users { get; } = [];

        public HashSet<string> Services { get; } = new(StringComparer.Ordinal);

        public int Count => (IsEverybody ? 1 : 0) + Accounts.Count + Users.Count + Services.Count;
    }
}
