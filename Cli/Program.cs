using OpenClaw.Cli.Commands;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Terminal;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Services;

await using var output = StandardStreams.OpenOutput();
await using var error = StandardStreams.OpenError();
var invocation = Invocation.Parse(args);
if (invocation.Error is { } wrong)
{
    await error.WriteLineAsync("[openclaw] " + wrong);
    return Invocation.UsageExitCode;
}
if (invocation.ShowVersion)
{
    await output.WriteLineAsync(ProductVersion.Number);
    return 0;
}
try
{
    // For this process and those it starts.
    (string, string)[] colors = invocation.NoColor ? [("NO_COLOR", "1"), ("FORCE_COLOR", "0")] : [];
    var environment = GatewayEnvironment.Create(ProcessInputs.Read(invocation.Profile, colors));
    var console = StandardStreams.Describe(environment);
    return await CommandLine.RunAsync(new CommandContext(environment, output, error, console, TimeProvider.System) { OpenInput = StandardStreams.OpenInput, Keyboard = KeyboardInput.Open() }, invocation.Arguments);
}
catch (Exception e) when (e is not OperationCanceledException)
{
    // The edge of the process: what arrives here is a bug or a broken machine, and must not end in a core dump.
    await error.WriteLineAsync("[openclaw] Uncaught exception: " + e);
    return 1;
}
