using System.Text;
using Weir.Protocols.Rest.Topology;
using Weir.Tests.Protocols.Rest.Topology;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>A topology is refused with its place, or read: what was read is within the document.</summary>
internal sealed class TopologyTarget : HostileReader
{
    public override string Name => "topology";

    public override double Share => 0.01;

    // The scanner and the events of a YAML reader are not small.
    public override long AllocatedBytesPerByte => 8_192;

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        TopologyScene.Everything,
        """{"queues": [{"name": "orders", "Tags": {"a": "${WEIR_PARTNER_KEY}"}}], "prune": true}""",
        "queues:\n- name: dead\n- {name: orders, RedrivePolicy: {deadLetterQueue: dead, maxReceiveCount: 5}}\n");

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "&a ", "*a", "<<: *a", "!!binary ", "!<tag:x> ", "---\n", "...\n", "%YAML 1.2\n", "|\n", ">-\n", "? ",
        "- - - -", "{a: {a: {a: ", "[[[[[[", "${WEIR_PARTNER_KEY}", "${NOTHING}", "${", "'", "queues:",
        "tenants:\n- account: ", "name: ",
        "prune: yes", "  ", "\t", ": ", "#", "0x7f", ".inf", "~", "\u2028");

    public override bool Takes(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var (document, fault) = TopologyReader.Read(text, "000000000000", "us-east-1", TopologyScene.Variables);
        Require(document is null != fault is null, "a topology is neither read nor refused");
        if (document is null)
        {
            Require(fault!.Line >= 1 && fault.Line <= 1 + text.Length, $"the fault is at line {fault.Line}");
            return false;
        }

        var items = document.Items;
        Require(items.Count <= input.Length, "there are more things than bytes");
        Require(items.Select(item => item.Key).Distinct().Count() == items.Count, "a thing is there twice");
        return true;
    }
}
