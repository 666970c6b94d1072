using System.Text;

namespace Weir.Tests.Fuzz;

/// <summary>
/// A target that knows more of its reader than that it does not fail: what it sees in the input, or what comes back of
/// what it took.
/// </summary>
internal abstract class HostileReader
{
    public abstract string Name { get; }

    /// <summary>Inputs that are taken.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What means something to this reader, to be put where it does not belong.</summary>
    public virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>Room for what the checks themselves allocate, too.</summary>
    public virtual long AllocatedBytesPerByte => 512;

    public virtual long AllocatedBytesBase => 256 << 10;

    /// <summary>The checks take longer than most readers.</summary>
    public virtual double Share => 0.05;

    /// <summary>Whether the input is taken. Throws when a property of the reader does not hold.</summary>
    public abstract bool Takes(byte[] input);

    public FuzzTarget ToTarget() => new(Name, Seeds, input => _ = Takes(input))
    {
        Words = Tokens, AllocatedPerByte = AllocatedBytesPerByte, AllocatedBytes = AllocatedBytesBase, Share = Share,
    };

    protected static byte[][] Texts(params IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    protected static void Require(bool holds, string property)
    {
        if (!holds) throw new FuzzFailureException(property);
    }
}
