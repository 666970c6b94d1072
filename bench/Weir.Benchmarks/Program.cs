using Weir.Benchmarks.Hosts;

return args switch
{
    [EchoHost.Argument, var port] => await EchoHost.RunAsync(port),
    [BrokerHost.Argument, var port, var directory] => await BrokerHost.RunAsync(port, directory),
    _ => 64,
};
