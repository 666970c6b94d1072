namespace Weir.Server.Hosting;

/// <summary>The key that secrets are encrypted with cannot be had; the message says what to do.</summary>
internal sealed class KeyFileException(string message, Exception? inner = null) : Exception(message, inner);
