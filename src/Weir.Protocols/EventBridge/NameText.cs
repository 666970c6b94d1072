using System.Buffers;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>The rules for the names of buses, rules, targets, statements, archives and replays.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
internal static class NameText
{
    public const int BusLengthMax = BusArn.NameLengthMax;
    public const int RuleLengthMax = 64;

    public const int ArchiveLengthMax = 48;

    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> InRule = SearchValues.Create(Plain + ".");
    private static readonly SearchValues<char> InStatement = SearchValues.Create(Plain);

    public static bool IsBus(string text) => BusArn.IsName(text);

    /// <summary>Targets' ids and replays' names are alike.</summary>
    public static bool IsRule(string text) =>
        text.Length is > 0 and <= RuleLengthMax && !text.AsSpan().ContainsAnyExcept(InRule);

    public static bool IsArchive(string text) => IsRule(text) && text.Length <= ArchiveLengthMax;

    public static bool IsStatement(string text) =>
        text.Length is > 0 and <= RuleLengthMax && !text.AsSpan().ContainsAnyExcept(InStatement);
}
