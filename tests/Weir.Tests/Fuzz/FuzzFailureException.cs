namespace Weir.Tests.Fuzz;

/// <summary>A property that an input broke, or the input with which to see it again.</summary>
internal sealed class FuzzFailureException(string message, Exception? inner = null) : Exception(message, inner);
