using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Reloading;
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
    private readonly TimeProvider _time;
    private volatile ConfigSnapshot _current;
    private volatile ConfigProblem? _problem;
    private string? _ignored;

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
        _time = time ?? TimeProvider.System;
        _writer = new ConfigWriter(loader, _time);
        _current = initial;
        _logger = logger;
    }

    /// <summary>Raised after a configuration that means something else came into force, on the thread that reloaded or wrote.</summary>
    public event EventHandler<ConfigChangedEventArgs>? Changed;

    /// <summary>Raised when <see cref="Problem"/> changed.</summary>
    public event EventHandler? ProblemChanged;

    /// <summary>Why a valid configuration must not come into force in a running gateway, in words; null when it may. Asked for writes through this store, too.</summary>
    public Func<ConfigSnapshot, string?> Guard { get; init; } = static _ => null;

    /// <summary>The configuration in force: the last valid reading.</summary>
    public ConfigSnapshot Current => _current;

    /// <summary>Why the file as it was last read is not in force; null when it is.</summary>
    public ConfigProblem? Problem => _problem;

    /// <summary>The instance this store belongs to.</summary>
    public GatewayEnvironment Environment => _loader.Environment;

    /// <summary>Reads the file without putting it into force: what it says now, valid or not.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<ConfigSnapshot> ReadAsync(CancellationToken cancellation = default) => _loader.LoadAsync(cancellation);

    /// <summary>Reads the file and puts it into force if it is valid. Returns what was read.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ConfigSnapshot> ReloadAsync(CancellationToken cancellation = default)
    {
        Outcome outcome;
        ConfigSnapshot read;
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            read = await _loader.LoadAsync(cancellation).ConfigureAwait(false);
            outcome = Consider(read, null);
        }
        finally
        {
            _turn.Release();
        }
        Tell(outcome);
        return read;
    }

    /// <summary>Changes the file and puts the result into force.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="cancellation">Stops before the file is replaced, never in between.</param>
    public async Task<ConfigWriteResult> WriteAsync(ConfigWriteRequest request, CancellationToken cancellation = default)
    {
        var outcome = default(Outcome);
        ConfigWriteResult result;
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            result = await _writer.WriteAsync(request, Guard, cancellation).ConfigureAwait(false);
            if (result.Snapshot is { } written)
                outcome = Consider(written, request);
        }
        finally
        {
            _turn.Release();
        }
        Tell(outcome);
        return result;
    }

    private Outcome Consider(ConfigSnapshot read, ConfigWriteRequest? request)
    {
        var isNewProblem = SetProblem(read);
        if (_problem is not null)
            return new Outcome(isNewProblem, null);
        if (read.Gateway.Reload.Mode is ReloadMode.Off && !read.MeansTheSameAs(_current))
        {
            if (read.Hash != _ignored)
                LogOff();
            _ignored = read.Hash;
            return new Outcome(isNewProblem, null);
        }
        _ignored = null;
        var change = read.MeansTheSameAs(_current) ? null : new ConfigChangedEventArgs(_current, read, request);
        _current = read;
        return new Outcome(isNewProblem, change);
    }

    /// <summary>True when there is another problem than before, or none any more.</summary>
    private bool SetProblem(ConfigSnapshot read)
    {
        IReadOnlyList<ConfigIssue> issues =
            !read.Valid ? read.Issues
            : !read.Exists && _current.Exists ? [new ConfigIssue("", "the file is gone") { File = read.Path }]
            : Guard(read) is { } reason ? [new ConfigIssue("", reason) { File = read.Path }]
            : [];
        if (issues.Count == 0)
        {
            if (_problem is null)
                return false;
            _problem = null;
            LogUsable(read.Path);
            return true;
        }
        if (_problem is { } known && known.Hash == read.Hash && known.Issues.SequenceEqual(issues))
            return false;
        _problem = new ConfigProblem(read.Path, read.Hash, issues, _time.GetUtcNow());
        LogRefused(string.Join(", ", issues));
        return true;
    }

    private void Tell(Outcome outcome)
    {
        if (outcome.ProblemChanged)
            ProblemChanged?.Invoke(this, EventArgs.Empty);
        if (outcome.Change is not { } change)
            return;
        foreach (var listener in Changed?.GetInvocationList().Cast<EventHandler<ConfigChangedEventArgs>>() ?? [])
        {
            try
            {
                listener(this, change);
            }
            catch (Exception e)
            {
                // The configuration is in force already, and the other listeners have to know.
                LogListenerFailed(e, listener.Method.DeclaringType?.Name);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    [LoggerMessage(EventId = 1100, Level = LogLevel.Warning, Message = "config reload skipped (invalid config): {Issues}")]
    private partial void LogRefused(string issues);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Information, Message = "config reload disabled (gateway.reload.mode=off)")]
    private partial void LogOff();

    [LoggerMessage(EventId = 1105, Level = LogLevel.Information, Message = "{Path} can be used again")]
    private partial void LogUsable(string path);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Error, Message = "config reload failed: {Listener} did not take the change")]
    private partial void LogListenerFailed(Exception exception, string? listener);

    private readonly record struct Outcome(bool ProblemChanged, ConfigChangedEventArgs? Change);
}
