using Weir.Simulator;

return CommandLine.Run(args, Console.Out);
