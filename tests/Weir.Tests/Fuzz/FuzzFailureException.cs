namespace Weir.Tests.Fuzz;

/// <summary>A property that an input broke.</summary>
internal sealed class FuzzFailureException(string message, Exception? inner = null) : Exception(message, inner);
