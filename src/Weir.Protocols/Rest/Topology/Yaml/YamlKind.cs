namespace Weir.Protocols.Rest.Topology.Yaml;

internal enum YamlKind
{
    Scalar,
    List,
    Map,
}
