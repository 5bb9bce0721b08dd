using Maskwright.Cli;

return await Tool.RunProcessAsync(args);
