using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Logs.Files;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.ServiceDefaults.Answers;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>The core as a process of its own: behind an edge, alone or beside others on the same state directory and bus. Port, bus and telemetry come from the environment.</summary>
internal static class CoreService
{
    /// <summary>Runs until the process is told to stop. Returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, EnvironmentInputs inputs)
    {
        var environment = GatewayEnvironment.Create(inputs);
        var time = TimeProvider.System;
        var builder = WebApplication.CreateSlimBuilder(args);
        using var bootLogs = LoggerFactory.Create(static logging => logging.AddSimpleConsole(static console => console.SingleLine = true));
        var bootLogger = bootLogs.CreateLogger("OpenClaw.Gateway.Core.Services");

        var loader = new ConfigLoader(environment);
        var snapshot = await loader.LoadAsync().ConfigureAwait(false);
        var flags = new GatewayStartFlags { AllowUnconfigured = args.Contains("--allow-unconfigured") };
        var refusal = snapshot.Valid ? StartGuard.Check(snapshot, flags, environment) : new StartRefusal([.. snapshot.Issues.Select(static issue => issue.ToString())]);
        if (refusal is not null)
        {
            CoreServiceLog.Refused(bootLogger, string.Join(' ', refusal.Lines));
            return StartRefusal.ExitCode;
        }
        var deployment = DeploymentLock.NameOf(builder.Configuration.GetConnectionString(GatewayBusExtensions.ConnectionName));
        var taken = await GatewayLock.AcquireAsync(environment, time, deployment).ConfigureAwait(false);
        if (taken.Lock is null)
        {
            CoreServiceLog.Refused(bootLogger, taken.Error ?? "another gateway has the lock");
            return StartRefusal.ExitCode;
        }
        using (taken.Lock)
        {
            var settings = new LogSettings(snapshot.Logging);
            using var file = new FileLogProvider(settings, environment, time);
            if (deployment is not null)
                builder.Services.AddHostedService(_ => new DeploymentLock(taken.Lock, environment, deployment, time));
            builder.AddServiceDefaults("core").Logging.AddProvider(file);
            using var store = new ConfigStore(loader, snapshot, bootLogs.CreateLogger<ConfigStore>(), time)
            {
                Guard = candidate => StartGuard.Check(candidate, flags, environment) is { } refused ? string.Join(' ', refused.Lines) : null,
            };
            store.Changed += (_, change) => settings.Use(change.Current.Logging);
            var app = Build(builder, environment, store, () => file.CurrentPath);
            return await app.RunServiceAsync().ConfigureAwait(false);
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, GatewayEnvironment environment, ConfigStore configuration, Func<string> logFile)
    {
        var version = typeof(CoreService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') ?? ["0.0.0"];
        builder.AddGatewayBus(Path.Combine(environment.StateDirectory, "queue"), ServiceSecret.From(builder.Configuration).Membership);
        builder.AddGatewayCore(new GatewayCoreOptions
        {
            Environment = environment,
            Configuration = configuration,
            LogFile = logFile,
            Version = version[0],
            Commit = version is [_, { Length: > 0 } commit] ? commit[..Math.Min(12, commit.Length)] : null,
        });
        builder.Services.AddHostedService<OrderlyStop>();

        var app = builder.Build();
        app.UseServiceTrust();
        app.UseServiceHealth();
        app.MapGatewayCore();
        app.Run(JsonAnswers.NotFoundAsync);
        return app;
    }
}
