using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>What other processes are told of the configuration.</summary>
/// <param name="Map">Map of the bus.</param>
/// <param name="Key">Key in it.</param>
/// <param name="Value">What it says, as JSON.</param>
internal sealed record PublishedEntry(string Map, string Key, byte[] Value);

/// <summary>Puts what other processes must know of the configuration on the bus: at the start, at every change, and again where the bus has lost it.</summary>
internal abstract class ConfigPublisher(IBus bus, ConfigStore configuration, TimeProvider time) : BackgroundService
{
    /// <summary>How long a bus that forgot its entries goes without these.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>What there is to be told of a configuration.</summary>
    protected abstract IEnumerable<PublishedEntry> EntriesOf(ConfigSnapshot snapshot);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        configuration.Changed += OnChanged;
        try
        {
            while (true)
            {
                foreach (var entry in EntriesOf(configuration.Current))
                    await PublishAsync(entry, stoppingToken).ConfigureAwait(false);
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

    public sealed override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private async Task PublishAsync(PublishedEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            var there = await bus.Maps.GetAsync(entry.Map, entry.Key, cancellationToken).ConfigureAwait(false);
            if (there is null || !there.Value.Span.SequenceEqual(entry.Value))
                await bus.Maps.SetAsync(entry.Map, entry.Key, entry.Value, cancellationToken: cancellationToken).ConfigureAwait(false);
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
            // It is to be published anyway, and will be the newest.
        }
    }
}
