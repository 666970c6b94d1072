using System.Text;

namespace Weir.Tests.Fuzz;

/// <summary>
/// Something that reads bytes from outside. It takes them or refuses them; everything else it may do is a fault, and
/// so is an input that costs more memory than its length can justify.
/// </summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Valid inputs, from which every case starts.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What means something to the reader, to be put where it does not belong.</summary>
    public virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>An honest reader's upper bound, with room for what the checks of the target itself allocate.</summary>
    public virtual long AllocatedBytesPerByte => 512;

    public virtual long AllocatedBytesBase => 256 << 10;

    /// <summary>Whether the input is taken. Throws when a property of the reader does not hold.</summary>
    public abstract bool Takes(byte[] input);

    protected static byte[][] Texts(params IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    protected static void Require(bool holds, string property)
    {
        if (!holds) throw new FuzzFailureException(property);
    }
}
