using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>
/// The configuration in force. <see cref="Current"/> is always valid: a file that turns bad is reported and the last
/// good reading stays in force.
/// </summary>
public sealed partial class ConfigStore : IDisposable
{
    private readonly ConfigLoader _loader;
    private readonly ConfigWriter _writer;
    private readonly ILogger<ConfigStore> _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile ConfigSnapshot _current;

    /// <summary>Starts from a reading that the caller has checked.</summary>
    /// <param name="loader">Reads the file.</param>
    /// <param name="initial">First configuration in force.</param>
    /// <param name="logger">Told about refused files.</param>
    /// <param name="time">Clock for stamps and locks; the system's when null.</param>
    /// <exception cref="ArgumentException"><paramref name="initial"/> is not valid.</exception>
    public ConfigStore(ConfigLoader loader, ConfigSnapshot initial, ILogger<ConfigStore> logger, TimeProvider? time = null)
    {
        if (!initial.Valid)
            throw new ArgumentException("The first configuration has to be valid.", nameof(initial));
        _loader = loader;
        _writer = new ConfigWriter(loader, time ?? TimeProvider.System);
        _current = initial;
        _logger = logger;
    }

    /// <summary>Raised after another configuration came into force, on the thread that reloaded or wrote.</summary>
    public event EventHandler<ConfigChangedEventArgs>? Changed;

    /// <summary>The configuration in force: the last valid reading.</summary>
    public ConfigSnapshot Current => _current;

    /// <summary>The instance this store belongs to.</summary>
    public GatewayEnvironment Environment => _loader.Environment;

    /// <summary>Reads the file without putting it into force: what it says now, valid or not.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<ConfigSnapshot> ReadAsync(CancellationToken cancellation = default) => _loader.LoadAsync(cancellation);

    /// <summary>Reads the file and puts it into force if it is valid. Returns what was read.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ConfigSnapshot> ReloadAsync(CancellationToken cancellation = default)
    {
        var read = await TakeTurnAsync(() => _loader.LoadAsync(cancellation), snapshot => snapshot, cancellation).ConfigureAwait(false);
        if (!read.Valid)
            LogRefused(read.Path, string.Join("; ", read.Issues));
        return read;
    }

    /// <summary>Changes the file and puts the result into force.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="cancellation">Stops before the file is replaced, never in between.</param>
    public Task<ConfigWriteResult> WriteAsync(ConfigWriteRequest request, CancellationToken cancellation = default) =>
        TakeTurnAsync(() => _writer.WriteAsync(request, cancellation), result => result.Snapshot, cancellation);

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> act, Func<T, ConfigSnapshot?> snapshotOf, CancellationToken cancellation)
    {
        T outcome;
        ConfigChangedEventArgs? change = null;
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            outcome = await act().ConfigureAwait(false);
            if (snapshotOf(outcome) is { Valid: true } next && !next.SaysTheSameAs(_current))
            {
                change = new ConfigChangedEventArgs(_current, next);
                _current = next;
            }
        }
        finally
        {
            _turn.Release();
        }
        if (change is not null)
            Changed?.Invoke(this, change);
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    [LoggerMessage(EventId = 1100, Level = LogLevel.Warning, Message = "config reload skipped (invalid config): {Path}: {Issues}")]
    private partial void LogRefused(string path, string issues);
}

/// <summary>Another configuration came into force.</summary>
/// <param name="previous">What was in force.</param>
/// <param name="current">What is in force now.</param>
public sealed class ConfigChangedEventArgs(ConfigSnapshot previous, ConfigSnapshot current) : EventArgs
{
    /// <summary>What was in force.</summary>
    public ConfigSnapshot Previous { get; } = previous;

    /// <summary>What is in force now.</summary>
    public ConfigSnapshot Current { get; } = current;
}
