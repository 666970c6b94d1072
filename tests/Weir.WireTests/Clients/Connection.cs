namespace Weir.WireTests.Clients;

/// <summary>Who calls what: one kind of client, one server, one identity, one region.</summary>
public sealed record Connection(string Kind, Uri Endpoint, string AccessKey, string Secret, string Region);
