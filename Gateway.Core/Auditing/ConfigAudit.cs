using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Auditing;

/// <summary>Notes every configuration that comes into force, whoever wrote it: a method, a command or an editor.</summary>
internal sealed class ConfigAudit(ConfigStore configuration, Audit audit) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        configuration.Changed += Note;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        configuration.Changed -= Note;
        return Task.CompletedTask;
    }

    private void Note(object? sender, ConfigChangedEventArgs change) => audit.ConfigInForce(change.Current.Path, change.Previous.Hash, change.Current.Hash);
}
