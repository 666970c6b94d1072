namespace Weir.Protocols.Rest.Topology.Shapes;

internal enum ShapeKind
{
    /// <summary>Any scalar; the services' attributes are all texts.</summary>
    Text,
    Number,
    Flag,

    /// <summary>Names to texts.</summary>
    TextMap,

    /// <summary>JSON that the service takes as text; a file may write it out as YAML.</summary>
    Document,

    /// <summary><c>${NAME}</c>: what the environment has under that name.</summary>
    Secret,

    /// <summary>Members, each with its shape.</summary>
    Struct,
    List,

    /// <summary>The name of something of the same tenant, in the place of its ARN.</summary>
    Name,
}
