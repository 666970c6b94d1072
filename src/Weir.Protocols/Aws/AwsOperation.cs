namespace Weir.Protocols.Aws;

/// <summary>
/// One operation of a service. It reads the call's input, asks the broker, writes the call's answer, and gives null, or
/// the error to answer with instead. One instance serves all calls, so it holds no state.
/// </summary>
internal abstract class AwsOperation
{
    public abstract string Name { get; }

    /// <summary>How REST-JSON asks for it; null in services that do not speak it.</summary>
    public virtual AwsRoute? Route => null;

    /// <summary>What it is called in policies, without the service.</summary>
    public virtual string Permission => Name;

    /// <summary>True: it asks itself whether the caller may, for each of the things that it acts on.</summary>
    public virtual bool JudgesItself => false;

    /// <summary>Whether its Query answer has a result element.</summary>
    public virtual bool HasResult => true;

    /// <summary>True for what sends or publishes: a tenant without room for messages is refused it unread.</summary>
    public virtual bool AddsMessages => false;

    /// <summary>What conditions of policies may ask for beside what every request has; null: nothing.</summary>
    public virtual IReadOnlyDictionary<string, string>? AccessKeys(AwsCall call) => null;

    public abstract ValueTask<AwsError?> ExecuteAsync(AwsCall call);
}
