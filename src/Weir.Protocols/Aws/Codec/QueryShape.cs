using System.Buffers.Text;

namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// Brings the numbered lists and the lists of pairs of the Query protocol into the form that JSON has from the start,
/// so that what reads a request need not know which protocol it came by.
/// </summary>
//   list:  AttributeName.1=a & AttributeName.2=b               ->  AttributeName: [a, b]
//   map:   Tag.1.Key=k & Tag.1.Value=v                         ->  Tag: {k: v}
// Numbers run from 1 without a gap: a gap would be an element that is lost without a word.
internal static class QueryShape
{
    public static void AsList(InputTree tree, int node)
    {
        if (tree[node].IsShaped) return;
        tree[node].IsShaped = true;
        Unwrap(tree, node);
        var count = 0;
        for (var child = tree[node].FirstChild; child != InputTree.None; child = tree[child].Next) count++;
        var ordered = new int[count];
        Array.Fill(ordered, InputTree.None);
        for (var child = tree[node].FirstChild; child != InputTree.None; child = tree[child].Next)
        {
            var name = tree.NameOf(child);
            if (!Utf8Parser.TryParse(name, out int number, out var consumed) || consumed != name.Length
                || number < 1 || number > count || ordered[number - 1] != InputTree.None)
            {
                tree.RefuseForm($"The members of {tree.NameText(node)} are not numbered from 1 to {count}.");
                tree.Relink(node, []);
                return;
            }

            ordered[number - 1] = child;
        }

        tree.Relink(node, ordered);
        tree[node].Kind = InputKind.List;
    }

    // list:  Tags.member.1.Key=k            map:  Attributes.entry.1.key=k
    // Some services set their elements into one more layer. A number can be no such layer's name.
    private static void Unwrap(InputTree tree, int node)
    {
        var only = tree[node].FirstChild;
        if (only == InputTree.None || tree[only].Next != InputTree.None || tree[only].Kind != InputKind.Structure)
            return;
        var name = tree.NameOf(only);
        if (!name.SequenceEqual("member"u8) && !name.SequenceEqual("entry"u8)) return;
        var elements = new List<int>();
        for (var child = tree[only].FirstChild; child != InputTree.None; child = tree[child].Next) elements.Add(child);
        tree.Relink(node, elements.ToArray());
    }

    public static void AsMap(InputTree tree, int node, Member member)
    {
        if (tree[node].IsShaped) return;
        AsList(tree, node);
        var values = new List<int>();
        for (var pair = tree[node].FirstChild; pair != InputTree.None; pair = tree[pair].Next)
        {
            var isPair = tree[pair].Kind == InputKind.Structure;
            var key = isPair ? tree.Find(pair, member.Key) : InputTree.None;
            var value = isPair ? tree.Find(pair, member.Value) : InputTree.None;
            if (key == InputTree.None || value == InputTree.None || tree[key].Kind != InputKind.Text)
            {
                tree.RefuseForm($"An entry of {tree.NameText(node)} lacks its name or its value.");
                break;
            }

            tree[value].Name = tree[key].Value;
            values.Add(value);
        }

        tree.Relink(node, values.ToArray());
        tree[node].Kind = InputKind.Structure;
    }
}
