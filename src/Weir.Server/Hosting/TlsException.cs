namespace Weir.Server.Hosting;

/// <summary>The certificate of the server cannot be used; the message says what to do.</summary>
internal sealed class TlsException(string message, Exception inner) : Exception(message, inner);
