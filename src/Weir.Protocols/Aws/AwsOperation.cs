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

    /// <summary>Whether its Query answer has a result element.</summary>
    public virtual bool HasResult => true;

    public abstract ValueTask<AwsError?> ExecuteAsync(AwsCall call);
}
