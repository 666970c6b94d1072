using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Forwarding;

/// <summary>
/// What goes out together, all of it or nothing: messages to queues, and with them messages that are consumed and
/// definitions that are changed.
/// </summary>
internal sealed class Outgoing(IdSource ids)
{
    private readonly List<OutgoingPublication> _publications = [];
    private readonly List<Undelivered> _undelivered = [];
    private readonly List<DefinitionChange> _changes = [];

    public IReadOnlyList<OutgoingPublication> Publications => _publications;

    public IReadOnlyList<Consumption> Consume { get; init; } = [];

    public IReadOnlyList<DefinitionChange> Changes
    {
        get => _changes;
        init => _changes = [.. value];
    }

    /// <summary>A definition to which the places of its messages are appended; what has one goes out alone.</summary>
    public DefinitionChange? Note { get; set; }

    /// <summary>What does not reach its queue, to be told once it is certain.</summary>
    public IReadOnlyList<Undelivered> Undelivered => _undelivered;

    /// <summary>Why it does not go out at all: a sender that is held back could not deliver.</summary>
    public Fault? Refusal { get; private set; }

    /// <summary>Whose it is, as far as it says; empty: nobody's.</summary>
    public string Account => Note?.Scope.Account
        ?? (_changes.Count > 0 ? _changes[0].Scope.Account : null)
        ?? (Consume.Count > 0 ? Consume[0].Queue.Account : null)
        ?? _publications.Select(publication => publication.Account).FirstOrDefault(account => account is not null)
        ?? "";

    public int DeliveryCount => _publications.Sum(publication => publication.DeliveryCount);

    public void Add(OutgoingPublication publication)
    {
        _publications.Add(publication);
        _undelivered.AddRange(publication.Undelivered);
    }

    /// <summary>Goes out only together with a change.</summary>
    public void Require(DefinitionChange change) => _changes.Add(change);

    /// <summary>Nothing of it goes out.</summary>
    public void Refuse(Fault reason) => Refusal = reason;

    /// <summary>Sends with it what another was to send.</summary>
    public void Take(Outgoing other)
    {
        _publications.AddRange(other._publications);
        _undelivered.AddRange(other._undelivered);
        Refusal ??= other.Refusal;
    }

    /// <summary>Dead-letters what has nowhere to go, or notes that it goes nowhere.</summary>
    /// <param name="into">The publication that takes the dead letter.</param>
    public void Fail(OutgoingPublication into, Sender sender, DeliveryError error)
    {
        if (sender.IsHeldBack) Refuse(new Fault(FaultCode.InvalidValue, error.Message));
        else _undelivered.Add(new Undelivered(sender, error, into.AddDeadLetter(sender, error, ids.NewId())));
    }

    /// <summary>Sends elsewhere, or nowhere, what its queue does not take.</summary>
    public void Reroute(int publication, int delivery, Fault reason)
    {
        var outgoing = _publications[publication];
        if (outgoing.SenderOf(delivery).IsHeldBack)
        {
            Refuse(reason);
            return;
        }

        var error = DeliveryError.Of(reason);
        var (sender, isDeadLettered) = outgoing.Reroute(delivery, error, ids.NewId());
        _undelivered.Add(new Undelivered(sender, error, isDeadLettered));
    }
}

/// <summary>What did not reach the queue that it was for.</summary>
internal readonly record struct Undelivered(Sender Sender, DeliveryError Error, bool IsDeadLettered);
