using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Access;

/// <summary>Reads policies. The first thing that is wrong ends it, with where that is.</summary>
internal sealed class PolicyReader(PolicyScope scope)
{
    public const string Version2012 = "2012-10-17";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly HashSet<string> _sids = new(StringComparer.Ordinal);
    private string _where = "The policy";
    private string? _problem;
    private int _values;

    public PolicyScope Scope => scope;

    /// <summary>Texts may have variables: what was written for the older version has none.</summary>
    public bool HasVariables { get; private set; }

    public bool IsWrong => _problem is not null;

    public static Outcome<Policy> Read(string json, PolicyScope scope)
    {
        var reader = new PolicyReader(scope);
        var statements = reader.ReadDocument(json);
        return reader._problem is { } problem
            ? new Fault(FaultCode.InvalidValue, problem)
            : new Policy(statements);
    }

    /// <summary>Notes what is wrong with the statement that is being read, or with the policy.</summary>
    public void Refuse(string problem) => _problem ??= $"{_where}: {problem}";

    /// <summary>A text, or several in a list of at least one.</summary>
    public List<string> Texts(JsonElement value, string name)
    {
        var texts = new List<string>();
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) AddText(item, name, texts);
        }
        else
        {
            AddText(value, name, texts);
        }

        if (texts.Count == 0) Refuse($"{name} is empty.");
        return texts;
    }

    private Statement[] ReadDocument(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > scope.BytesMax)
        {
            Refuse($"it is longer than {scope.BytesMax} bytes.");
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return ReadRoot(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The last two are the reader's way of saying that a surrogate lacks its other half.
            Refuse("it is no JSON, or has a member twice.");
            return [];
        }
    }

    private Statement[] ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Refuse("it is no JSON object.");
            return [];
        }

        JsonElement statements = default;
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Version":
                    ReadVersion(member.Value);
                    break;
                case "Id":
                    if (member.Value.ValueKind != JsonValueKind.String) Refuse("Id is no text.");
                    else _ = member.Value.GetString();
                    break;
                case "Statement":
                    statements = member.Value;
                    break;
                default:
                    Refuse($"it has an unknown member {member.Name}.");
                    break;
            }
        }

        return ReadStatements(statements);
    }

    private void ReadVersion(JsonElement value)
    {
        var version = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (version is not ("2008-10-17" or Version2012)) Refuse($"Version is 2008-10-17 or {Version2012}.");
        HasVariables = version == Version2012;
    }

    private Statement[] ReadStatements(JsonElement value)
    {
        // A single statement may stand without the list around it.
        JsonElement[] all = value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Take(scope.StatementsMax + 1)],
            JsonValueKind.Object => [value],
            _ => [],
        };
        if (all.Length == 0) Refuse("it has no Statement.");
        if (all.Length > scope.StatementsMax) Refuse($"it has more than {scope.StatementsMax} statements.");
        var statements = new List<Statement>();
        for (var i = 0; i < all.Length && !IsWrong; i++)
        {
            _where = $"Statement {i + 1}";
            if (StatementReader.Read(this, all[i], $"statement {i + 1}") is not { } statement) continue;
            if (all[i].TryGetProperty("Sid", out _) && !_sids.Add(statement.Name))
                Refuse($"the Sid {statement.Name} is there twice.");
            statements.Add(statement);
        }

        return [.. statements];
    }

    private void AddText(JsonElement item, string name, List<string> texts)
    {
        if (IsWrong) return;
        if (++_values > Policy.ValuesMax)
        {
            Refuse($"the policy has more than {Policy.ValuesMax} values.");
            return;
        }

        var text = item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => item.GetRawText(),
            _ => null,
        };
        if (text is null) Refuse($"{name} must be a text or a list of texts.");
        else if (HasVariables && text.Contains("${", StringComparison.Ordinal))
            Refuse($"{name} has a policy variable, {text}; Weir fills in none.");
        else texts.Add(text);
    }
}
