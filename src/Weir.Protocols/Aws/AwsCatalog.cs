using System.Collections.Frozen;

namespace Weir.Protocols.Aws;

/// <summary>An operation and the service that it belongs to.</summary>
internal sealed record AwsTarget(AwsService Service, AwsOperation Operation)
{
    /// <summary>Whether it changes what somebody set up, and is told to those who ask who did.</summary>
    public bool IsChange { get; } = AuditRules.IsChange(Operation.Name);

    /// <summary>As the audit log calls it: <c>sqs:CreateQueue</c>.</summary>
    public string Action => $"{Service.Prefix}:{Operation.Name}";

    /// <summary>What policies must allow; batches are allowed with what they are batches of.</summary>
    public string Permission { get; } = $"{Service.Prefix}:{Operation.Permission}";
}

/// <summary>
/// Finds the operation that a request names. The first service also forms the errors of those that name none.
/// </summary>
internal sealed class AwsCatalog
{
    private readonly IReadOnlyList<AwsService> _services;
    private readonly FrozenDictionary<string, AwsTarget> _byTarget;

    public AwsCatalog(IReadOnlyList<AwsService> services)
    {
        _services = services;
        var targets = new Dictionary<string, AwsTarget>(StringComparer.Ordinal);
        foreach (var service in services.Where(service => service.TargetPrefix is not null))
        {
            foreach (var operation in service.Operations.Values)
                targets.Add($"{service.TargetPrefix}.{operation.Name}", new AwsTarget(service, operation));
        }

        Routed =
        [
            .. services.SelectMany(service => service.Operations.Values, (service, operation) =>
                new AwsTarget(service, operation)).Where(target => target.Operation.Route is not null),
        ];
        _byTarget = targets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The operations of REST-JSON.</summary>
    public IReadOnlyList<AwsTarget> Routed { get; }

    /// <summary>All that policies can allow.</summary>
    public IEnumerable<string> Permissions => _services.SelectMany(
        service => service.Operations.Values, (service, operation) => new AwsTarget(service, operation).Permission);

    public AwsService Default => _services[0];

    /// <param name="target">The header, for example <c>AmazonSQS.SendMessage</c>.</param>
    public AwsTarget? FindTarget(string target) => _byTarget.GetValueOrDefault(target);

    /// <summary>One that is there.</summary>
    /// <param name="prefix">Of the service, as in policies.</param>
    public AwsTarget Find(string prefix, string operation)
    {
        var service = _services.First(service => service.Prefix == prefix);
        return new AwsTarget(service, service.Operations[operation]);
    }

    /// <param name="action">The <c>Action</c> field.</param>
    /// <param name="version">The <c>Version</c> field; empty fits every service that has the action.</param>
    public AwsTarget? FindAction(string action, string version)
    {
        foreach (var service in _services)
        {
            if (service.QueryVersion is null || (version.Length > 0 && version != service.QueryVersion)) continue;
            if (service.Operations.TryGetValue(action, out var operation)) return new AwsTarget(service, operation);
        }

        return null;
    }
}
