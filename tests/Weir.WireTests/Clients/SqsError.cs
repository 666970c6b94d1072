namespace Weir.WireTests.Clients;

/// <summary>
/// An error as the service model names it, as the Query protocol names it, and its HTTP status. A client that speaks
/// JSON learns the Query name from the header x-amzn-query-error.
/// </summary>
/// <param name="Shape">Null for the errors common to all services, which no model lists.</param>
public sealed record SqsError(string? Shape, string Code, int Status)
{
    private const string Prefix = "AWS.SimpleQueueService.";

    public static SqsError QueueDoesNotExist { get; } = new("QueueDoesNotExist", Prefix + "NonExistentQueue", 400);

    public static SqsError QueueNameExists { get; } = new("QueueNameExists", "QueueAlreadyExists", 400);

    public static SqsError PurgeQueueInProgress { get; } = Prefixed("PurgeQueueInProgress", 403);

    public static SqsError EmptyBatchRequest { get; } = Prefixed("EmptyBatchRequest");

    public static SqsError TooManyEntries { get; } = Prefixed("TooManyEntriesInBatchRequest");

    public static SqsError BatchEntryIdsNotDistinct { get; } = Prefixed("BatchEntryIdsNotDistinct");

    public static SqsError InvalidBatchEntryId { get; } = Prefixed("InvalidBatchEntryId");

    public static SqsError BatchRequestTooLong { get; } = Prefixed("BatchRequestTooLong");

    public static SqsError MessageNotInflight { get; } = Prefixed("MessageNotInflight");

    public static SqsError UnsupportedOperation { get; } = Prefixed("UnsupportedOperation");

    public static SqsError ReceiptHandleIsInvalid { get; } = Plain("ReceiptHandleIsInvalid", 404);

    public static SqsError ResourceNotFound { get; } = Plain("ResourceNotFoundException", 404);

    public static SqsError InvalidAttributeName { get; } = Plain("InvalidAttributeName");

    public static SqsError InvalidAttributeValue { get; } = Plain("InvalidAttributeValue");

    public static SqsError InvalidMessageContents { get; } = Plain("InvalidMessageContents");

    public static SqsError InvalidAddress { get; } = Plain("InvalidAddress", 404);

    public static SqsError InvalidParameterValue { get; } = new(null, "InvalidParameterValue", 400);

    public static SqsError MissingParameter { get; } = new(null, "MissingParameter", 400);

    public static SqsError SignatureDoesNotMatch { get; } = new(null, "SignatureDoesNotMatch", 403);

    public static SqsError InvalidClientTokenId { get; } = new(null, "InvalidClientTokenId", 403);

    private static SqsError Prefixed(string name, int status = 400) => new(name, Prefix + name, status);

    private static SqsError Plain(string name, int status = 400) => new(name, name, status);
}
