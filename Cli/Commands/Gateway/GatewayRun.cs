using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Logs.Files;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal sealed class GatewayRun(CommandContext context, GatewayRunArguments arguments)
{
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var loader = new ConfigLoader(context.Environment);
        var snapshot = await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
        using var file = new FileLogProvider(new LogSettings(snapshot.Logging, arguments.Verbose), context.Environment, context.Time);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(file));
        var logger = loggers.CreateLogger("gateway");
        var port = arguments.Port is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var loop = new GatewayRunLoop(
            async cancellation =>
            {
                var current = await loader.LoadAsync(cancellation).ConfigureAwait(false);
                var actual = context.Environment.ResolvePort(port, snapshot.Gateway.Port);
                return new GatewayHostOptions
                {
                    Core = new GatewayCoreOptions
                    {
                        Environment = context.Environment,
                        Configuration = new ConfigStore(loader, current, loggers.CreateLogger<ConfigStore>()),
                        AuthFlags = new GatewayAuthFlags(Token: arguments.Token, Password: arguments.Password),
                        LogFile = () => file.CurrentPath,
                        Version = ProductVersion.Number,
                        Commit = ProductVersion.Commit,
                    },
                    LoggerFactory = loggers,
                    Addresses = GatewayHost.LoopbackAddresses(actual),
                    Port = actual,
                    MayRestart = () => current.Root.Section("commands").Bool("restart") == true,
                };
            },
            context.Time,
            logger);
        var result = await loop.RunAsync(cancellationToken).ConfigureAwait(false);
        if (result.Failure is { } failure)
            await context.Error.WriteLineAsync("Gateway failed to start: " + failure).ConfigureAwait(false);
        return result.ExitCode;
    }
}
