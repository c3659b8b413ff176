using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.SafeMode;

namespace OpenClaw.Gateway.Core.Channels.Settings;

/// <summary>Tells channels what they must know of the configuration, at the start, at every change, and again where the bus has lost it.</summary>
internal sealed class ChannelSettingsPublisher(IBus bus, ConfigStore configuration, SafeModeState safeMode, TimeProvider time) : BackgroundService
{
    /// <summary>How long a bus that forgot its entries goes without these.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    /// <summary>Variables that stand in for a key of a channel's section.</summary>
    private static readonly Dictionary<string, string[]> VariablesOf = new(StringComparer.Ordinal) { ["telegram"] = ["TELEGRAM_BOT_TOKEN"] };

    private static readonly string[] Channels = ["telegram", "whatsapp"];

    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>What a channel is told.</summary>
    public static ChannelSettings SettingsOf(ConfigSnapshot snapshot, string channel)
    {
        var section = snapshot.Root.Section("channels").Section(channel).Node ?? [];
        using var document = JsonDocument.Parse(section.ToJsonString());
        return new ChannelSettings
        {
            Section = document.RootElement.Clone(),
            Commands = ChannelCommandMenu.Of(snapshot),
            Variables = (VariablesOf.GetValueOrDefault(channel) ?? []).Where(snapshot.Environment.ContainsKey).ToDictionary(static name => name, name => snapshot.Environment[name], StringComparer.Ordinal),
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        configuration.Changed += OnChanged;
        try
        {
            while (true)
            {
                foreach (var channel in Channels)
                    await PublishAsync(channel, stoppingToken).ConfigureAwait(false);
                await WaitAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            configuration.Changed -= OnChanged;
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private async Task PublishAsync(string channel, CancellationToken cancellationToken)
    {
        var settings = JsonSerializer.SerializeToUtf8Bytes(SettingsOf(configuration.Current, channel) with { Hold = safeMode.IsActive ? "safe mode: " + safeMode.Reason : null }, ChannelJsonContext.Default.ChannelSettings);
        try
        {
            var there = await bus.Maps.GetAsync(ChannelNames.SettingsMap, channel, cancellationToken).ConfigureAwait(false);
            if (there is null || !there.Value.Span.SequenceEqual(settings))
                await bus.Maps.SetAsync(ChannelNames.SettingsMap, channel, settings, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // The health of the bus says so; tried again soon.
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(CheckInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            await _changed.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing changed; look whether the bus still has it.
        }
    }

    private void OnChanged(object? sender, ConfigChangedEventArgs change)
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // They are to be published anyway, and will be the newest.
        }
    }
}
