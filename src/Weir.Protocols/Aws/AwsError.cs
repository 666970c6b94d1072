namespace Weir.Protocols.Aws;

public sealed record AwsError(string Shape, string QueryCode, int Status, string Message);
