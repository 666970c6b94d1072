namespace Weir.WireTests.Clients;

/// <summary>
/// No answer came: the connection was refused or broke, or the client could not use the answer. Whether the server did
/// what was asked is unknown.
/// </summary>
public sealed class SqsUnknownOutcomeException(string message, Exception? inner = null) : Exception(message, inner);
