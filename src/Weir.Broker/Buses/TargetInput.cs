using System.Text;
using Weir.Broker.Routing.Transforms;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>What a target gets of an event.</summary>
internal sealed class TargetInput
{
    private readonly RuleConfig _rule;
    private readonly byte[]? _constant;
    private readonly InputPath? _path;
    private readonly InputTransformer? _transformer;

    public TargetInput(RuleConfig rule, TargetConfig target)
    {
        _rule = rule;
        if (target.Input is { } input) _constant = Encoding.UTF8.GetBytes(input);
        if (target.InputPath is { } path) _path = InputPath.Parse(path).Value;
        if (target.Transformer is { } config)
            _transformer = InputTransformer.Parse(config.Paths, config.Template).Value;
    }

    /// <summary>True when the target gets the event unchanged.</summary>
    public bool IsEvent => _constant is null && _path is null && _transformer is null;

    /// <summary>What is wrong with the input of a target that is to be; null when nothing is.</summary>
    public static Fault? Check(TargetConfig target)
    {
        if (target.InputPath is { } path && InputPath.Parse(path) is { IsOk: false } badPath) return badPath.Fault;
        return target.Transformer is { } config
            ? InputTransformer.Parse(config.Paths, config.Template).Fault
            : null;
    }

    /// <summary>The input, or null when the path leads nowhere in this event.</summary>
    public byte[]? Make(BusEvent busEvent)
    {
        if (_constant is not null) return _constant;
        if (_path is not null) return _path.Extract(busEvent.Json.Span);
        return _transformer!.Apply(
            busEvent.Json.Span, new TransformContext(_rule.Arn, _rule.Name, busEvent.TakenInAt));
    }
}
