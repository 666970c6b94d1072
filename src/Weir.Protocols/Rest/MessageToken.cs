using Weir.Engine;

namespace Weir.Protocols.Rest;

/// <summary>Which message a status URL is of, and where it was put.</summary>
internal readonly record struct MessageToken(MessagePlace Place, Guid MessageId);
