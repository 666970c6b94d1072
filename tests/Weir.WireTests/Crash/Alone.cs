namespace Weir.WireTests.Crash;

/// <summary>Runs when the other tests are done, so that its recovery times are its own.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
