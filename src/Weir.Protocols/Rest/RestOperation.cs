namespace Weir.Protocols.Rest;

/// <summary>What is done at one path with one method.</summary>
internal abstract class RestOperation
{
    /// <summary>What the headers of Weir's own begin with.</summary>
    public const string HeaderPrefix = "Weir-";

    public abstract string Method { get; }

    /// <summary>With <c>{name}</c> in it where the path names something, as the OpenAPI document has it.</summary>
    public abstract string Path { get; }

    /// <summary>False for what anybody may see.</summary>
    public virtual bool NeedsIdentity => true;

    /// <summary>True for what only those may do who look after all tenants.</summary>
    public virtual bool NeedsAdmin => false;

    /// <summary>Weir's own headers that it reads, without the prefix; any other is refused, not ignored.</summary>
    public virtual IReadOnlyList<string> Headers => [];

    /// <returns>Why it is not done, or null: then it is answered.</returns>
    public abstract ValueTask<Problem?> ExecuteAsync(RestCall call);
}
