using OpenClaw.Cli.Commands;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

var arguments = ProfileArguments.Parse(args);
if (arguments.Error is { } wrong)
{
    await Console.Error.WriteLineAsync($"[openclaw] {wrong}");
    return ProfileArguments.ErrorExitCode;
}
if (arguments.Rest.Any(argument => argument is "-V" or "-v" or "--version"))
{
    Console.WriteLine(ProductVersion.Number);
    return 0;
}
var environment = GatewayEnvironment.Create(ProcessInputs.Read(arguments.Profile));
var console = new ConsoleTraits(!Console.IsOutputRedirected, !arguments.NoColor && !Console.IsOutputRedirected && environment.Get("NO_COLOR") is null);
return await CommandLine.RunAsync(new CommandContext(environment, Console.Out, Console.Error, console, TimeProvider.System), arguments.Rest);
