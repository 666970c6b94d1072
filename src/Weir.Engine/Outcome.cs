using System.Diagnostics.CodeAnalysis;

namespace Weir.Engine;

/// <summary>Why an operation was refused. Each protocol maps these to its own error codes.</summary>
public enum FaultCode
{
    None,

    /// <summary>No queue of that name in that account and region.</summary>
    QueueNotFound,

    /// <summary>The name is taken by a queue with other attributes.</summary>
    QueueExists,

    /// <summary>The name was deleted less than <see cref="EngineOptions.NameReuseDelay"/> ago.</summary>
    QueueDeletedRecently,

    /// <summary>The queue was purged less than 60 seconds ago.</summary>
    PurgeInProgress,

    /// <summary>A standard queue has as many messages in flight as it may.</summary>
    InFlightLimit,

    /// <summary>Not a receipt handle, one of another queue, or (FIFO) one whose lease has ended.</summary>
    ReceiptHandleInvalid,

    /// <summary>The message is not leased, so it has no visibility timeout to change.</summary>
    MessageNotInFlight,

    /// <summary>A value that this kind of queue or this state does not allow.</summary>
    InvalidValue,

    /// <summary>The queue has as many messages or bytes as its own limits allow; later it may have room.</summary>
    QueueFull,

    /// <summary>The account has as many messages or bytes as its limits allow; later it may have room.</summary>
    QuotaReached,

    /// <summary>The message is larger than the queue takes.</summary>
    MessageTooLong,

    /// <summary>Something this kind of queue cannot do.</summary>
    Unsupported,

    /// <summary>No such move task, or no queue where one was asked for by ARN.</summary>
    ResourceNotFound,

    /// <summary>The configuration changed between reading and writing it; read again and retry.</summary>
    ConfigChanged,

    /// <summary>The key of a request was used for another one.</summary>
    KeyTaken,

    /// <summary>The disk is down to its reserve: nothing that adds data is taken until there is room.</summary>
    DiskFull,

    /// <summary>More is waiting for execution than the broker holds.</summary>
    Overloaded,

    /// <summary>The broker is stopping, or its disk has failed.</summary>
    Unavailable,
}

/// <summary>An expected refusal: a result, not an exception. The message says what is wrong and what to do.</summary>
public sealed record Fault(FaultCode Code, string Message);

/// <summary>A value or the reason why there is none.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    public Outcome(T value) => _value = value;

    public Outcome(Fault fault) => Fault = fault;

    public Fault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsOk => Fault is null;

    /// <summary>Only to be read when <see cref="IsOk"/>.</summary>
    public T Value => Fault is null
        ? _value!
        : throw new InvalidOperationException($"There is no value: {Fault.Code}: {Fault.Message}");

    public static implicit operator Outcome<T>(T value) => new(value);

    public static implicit operator Outcome<T>(Fault fault) => new(fault);
}

/// <summary>The value of an operation that answers nothing but that it was done.</summary>
public readonly record struct Done;
