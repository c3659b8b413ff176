using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Lifetime;

namespace OpenClaw.Gateway.Core.Configuration.Reloading;

/// <summary>Decides about each configuration that comes into force whether the host has to be built anew, and says what was done.</summary>
internal sealed partial class ConfigReload(
    ConfigStore configuration, GatewayCoreOptions options, GatewayRestart restart, HealthReporter health, ILogger<ConfigReload> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        configuration.Changed += Decide;
        configuration.ProblemChanged += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        configuration.Changed -= Decide;
        configuration.ProblemChanged -= Tell;
        return Task.CompletedTask;
    }

    private void Decide(object? sender, ConfigChangedEventArgs change)
    {
        if (change.Paths.IsEmpty)
            return;
        LogDetected(logger, string.Join(", ", change.Paths));
        var mode = change.Current.Gateway.Reload.Mode;
        var needs = mode is ReloadMode.Restart ? change.Paths : StartSettingsThatChanged(change);
        if (needs.Count > 0 && mode is not ReloadMode.Hot && options.RestartsInProcess)
        {
            LogRestart(logger, string.Join(", ", needs));
            restart.Schedule(change.RestartDelay, afterAnswer: change.Requester is not null);
            return;
        }
        if (needs.Count > 0)
            LogRestartIgnored(logger, string.Join(", ", needs));
        var hot = change.Paths.Where(static path => ReloadRules.KindOf(path) is ReloadKind.Hot).ToArray();
        if (hot.Length > 0)
            LogHot(logger, string.Join(", ", hot));
        else
            LogRead(logger, string.Join(", ", change.Paths));
    }

    private IReadOnlyList<string> StartSettingsThatChanged(ConfigChangedEventArgs change)
    {
        var before = options.StartSettings(change.Previous);
        return [.. options.StartSettings(change.Current).Where(setting => before.GetValueOrDefault(setting.Key) != setting.Value).Select(static setting => setting.Key)];
    }

    private void Tell(object? sender, EventArgs e) => health.RequestRefresh();

    [LoggerMessage(1110, LogLevel.Information, "config change detected; evaluating reload ({Paths})")]
    private static partial void LogDetected(ILogger logger, string paths);

    [LoggerMessage(1111, LogLevel.Information, "config hot reload applied ({Paths})")]
    private static partial void LogHot(ILogger logger, string paths);

    [LoggerMessage(1112, LogLevel.Information, "config change applied (dynamic reads: {Paths})")]
    private static partial void LogRead(ILogger logger, string paths);

    [LoggerMessage(1113, LogLevel.Warning, "config change requires gateway restart ({Paths})")]
    private static partial void LogRestart(ILogger logger, string paths);

    [LoggerMessage(1114, LogLevel.Warning, "config reload requires gateway restart; hot mode ignoring ({Paths})")]
    private static partial void LogRestartIgnored(ILogger logger, string paths);
}
