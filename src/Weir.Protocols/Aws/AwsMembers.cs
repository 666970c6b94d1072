using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>The fields that tell what a Query request asks for.</summary>
internal static class AwsMembers
{
    public static readonly Member Action = new("Action");
    public static readonly Member Version = new("Version");
}
