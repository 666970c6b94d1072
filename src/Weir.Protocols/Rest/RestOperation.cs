using Weir.Protocols.Aws.Access;

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

    /// <summary>What it is called in policies of keys.</summary>
    public virtual string Permission => $"weir:{GetType().Name[..^"Operation".Length]}";

    /// <summary>True: it asks itself whether the caller may, for each of the things that it acts on.</summary>
    public virtual bool JudgesItself => NeedsAdmin || !NeedsIdentity;

    /// <summary>True for what sends or publishes: a tenant without room for messages is refused it unread.</summary>
    public virtual bool AddsMessages => false;

    /// <summary>What it acts on, as policies see it.</summary>
    public virtual AwsResource ResourceOf(RestCall call) => AwsResource.Own(call.Identity, "weir");

    /// <summary>Weir's own headers that it reads, without the prefix; any other is refused, not ignored.</summary>
    public virtual IReadOnlyList<string> Headers => [];

    /// <returns>Why it is not done, or null: then it is answered.</returns>
    public abstract ValueTask<Problem?> ExecuteAsync(RestCall call);
}
