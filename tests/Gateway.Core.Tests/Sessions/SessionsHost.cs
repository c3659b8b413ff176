using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions;

/// <summary>A state dir of the test's own with the session services on it.</summary>
internal sealed class SessionsHost : ISessionSettings, ISessionActivity, IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    public SessionsHost(TimeProvider? time = null)
    {
        Time = time ?? Clock;
        Current = new SessionSettings { StateDirectory = _directory.Path };
        Locks = new LockFiles(Time, "test-host");
        Stores = new SessionStores(this, Locks, Time, NullLogger<SessionStores>.Instance);
        Transcripts = new TranscriptFiles(Locks, Time, NullLogger<TranscriptRepair>.Instance);
    }

    public ManualTimeProvider Clock { get; } = new();

    public TimeProvider Time { get; }

    public SessionSettings Current { get; set; }

    public FakeSessionModels Models { get; } = new();

    public LockFiles Locks { get; }

    public SessionStores Stores { get; }

    public TranscriptFiles Transcripts { get; }

    /// <summary>Whether runs of a session that is deleted end in time.</summary>
    public bool RunsStop { get; set; } = true;

    public List<string> Stopped { get; } = [];

    public string SessionsDirectory => Path.Combine(_directory.Path, "agents", "main", "sessions");

    public string StoreFile => Path.Combine(SessionsDirectory, "sessions.json");

    public string this[string name] => Path.Combine(SessionsDirectory, name);

    public SessionKey Key(string text) => Current.Rules.Canonicalize(text)!.Value;

    public void WriteStore(string json)
    {
        Directory.CreateDirectory(SessionsDirectory);
        File.WriteAllText(StoreFile, json);
    }

    public string WriteTranscript(string sessionId, params string[] lines)
    {
        Directory.CreateDirectory(SessionsDirectory);
        var path = this[sessionId + ".jsonl"];
        File.WriteAllText(path, string.Concat(lines.Select(static line => line + "\n")));
        return path;
    }

    public Task<SessionEntry?> StoreAsync(string key, Action<SessionEntryEditor> change) => Stores.UpdateAsync(
        Key(key),
        entry =>
        {
            var editor = (entry ?? SessionEntry.Empty).Edit();
            change(editor);
            return editor.Build();
        },
        CancellationToken.None);

    public TranscriptOptions Transcript(string sessionId) => new(this[sessionId + ".jsonl"], sessionId, "/work");

    Task<bool> ISessionActivity.StopAsync(SessionKey key, string? sessionId, TimeSpan limit, CancellationToken cancellationToken)
    {
        Stopped.Add(key.Value);
        return Task.FromResult(RunsStop);
    }

    public async ValueTask DisposeAsync()
    {
        await Stores.DisposeAsync();
        _directory.Dispose();
    }
}
