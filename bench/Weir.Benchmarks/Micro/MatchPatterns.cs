using System.Text;
using BenchmarkDotNet.Attributes;
using Weir.Broker.Routing.Patterns;

namespace Weir.Benchmarks.Micro;

/// <summary>
/// One event of about 450 bytes, read and matched with many rules, of which it matches one. Time should grow with the
/// event, not with the rules.
/// </summary>
public class MatchPatterns
{
    private readonly List<int> _matched = [];
    private readonly EventFields _fields = new();
    private PatternSet<int> _set = PatternSet<int>.Build([]);
    private byte[] _event = [];

    [Params(1, 100, 10_000)]
    public int Rules { get; set; }

    [Params("exact", "prefix", "numeric", "wildcard", "anything-but")]
    public string Operator { get; set; } = "exact";

    [GlobalSetup]
    public void Build()
    {
        _event = Encoding.UTF8.GetBytes(
            """
            {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"Order Placed",
            "source":"shop.orders","account":"1","time":"2026-11-11T21:29:54Z","region":"eu-west-1",
            "resources":["arn:order/1"],"detail":{"order":"order-0-4711","customer":"customer-17","total":0.5,
            "currency":"EUR","state":"state-0","items":["a-1","b-2","c-3"],"address":{"country":"DE","city":"Berlin"}}}
            """);
        _set = PatternSet<int>.Build([.. Enumerable.Range(0, Rules).Select(i => (Rule(i), i))]);
        if (Match() == 0) throw new InvalidOperationException("The event must match a rule.");
    }

    [Benchmark]
    public int Match()
    {
        _matched.Clear();
        _ = _fields.TryReadJson(_event);
        _set.Match(_fields, _matched);
        return _matched.Count;
    }

    /// <summary>Every rule asks for the source too, as rules do: what all share must not cost for each.</summary>
    private Pattern Rule(int i)
    {
        var asked = Operator switch
        {
            "exact" => $$""" "state":["state-{{i}}"] """,
            "prefix" => $$""" "order":[{"prefix":"order-{{i}}-"}] """,
            "numeric" => $$""" "total":[{"numeric":[">=",{{i}},"<",{{i + 1}}]}] """,
            "wildcard" => $$""" "order":[{"wildcard":"order-{{i}}-*1"}] """,
            _ => $$""" "state":["state-{{i}}"],"customer":[{"anything-but":["customer-{{i}}","x"]}] """,
        };
        var pattern = $$$"""{"source":["shop.orders"],"detail":{ {{{asked}}} }}""";
        return Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternOptions.EventBridge).Value;
    }
}
