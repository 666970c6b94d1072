using Weir.Server.Cli;

return await WeirCommandLine.RunAsync(args);
