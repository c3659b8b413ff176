using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.ChatCompletions;
using OpenClaw.Gateway.Core.Http.Responses;
using OpenClaw.Gateway.Protocol.Services;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>Tells the edges what they must know of the configuration, at the start, at every change, and again where the bus has lost it.</summary>
internal sealed class EdgeSettingsPublisher(IBus bus, ConfigStore configuration, TimeProvider time) : BackgroundService
{
    /// <summary>How long a bus that forgot its entries goes without this one.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>The part of a configuration that edges need.</summary>
    public static EdgeSettings SettingsOf(ConfigSnapshot snapshot)
    {
        var defaults = new EdgeSettings();
        var gateway = snapshot.Gateway;
        var hooks = snapshot.Root.Section("hooks");
        var path = hooks.Text("path")?.Trim('/');
        return new EdgeSettings
        {
            TrustedProxies = gateway.TrustedProxies,
            ControlUi = gateway.ControlUi.Enabled,
            Tls = gateway.Tls.Enabled,
            BasePath = gateway.ControlUi.BasePath,
            HooksPath = string.IsNullOrEmpty(path) ? defaults.HooksPath : "/" + path,
            HooksMaxBodyBytes = hooks.Int("maxBodyBytes") is > 0 and var hookBytes ? hookBytes : defaults.HooksMaxBodyBytes,
            ChatCompletionsMaxBodyBytes = ChatCompletionsEndpoint.MaxBodyBytes(snapshot),
            ResponsesMaxBodyBytes = ResponsesEndpoint.MaxBodyBytes(snapshot),
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        configuration.Changed += OnChanged;
        try
        {
            while (true)
            {
                await PublishAsync(stoppingToken).ConfigureAwait(false);
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

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var settings = JsonSerializer.SerializeToUtf8Bytes(SettingsOf(configuration.Current), ServicesJsonContext.Default.EdgeSettings);
        try
        {
            var there = await bus.Maps.GetAsync(EdgeSettings.Map, EdgeSettings.Key, cancellationToken).ConfigureAwait(false);
            if (there is null || !there.Value.Span.SequenceEqual(settings))
                await bus.Maps.SetAsync(EdgeSettings.Map, EdgeSettings.Key, settings, cancellationToken: cancellationToken).ConfigureAwait(false);
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
            // One is to be published anyway, and it will be the newest.
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }
}
