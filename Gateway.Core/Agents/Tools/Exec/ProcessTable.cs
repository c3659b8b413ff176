using Microsoft.Extensions.Hosting;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>
/// All commands at work, and for a while those that went on in the background and have finished. It owns them: when the
/// gateway stops they end.
/// </summary>
internal sealed class ProcessTable(TimeProvider time) : IHostedService
{
    /// <summary>Background commands of one agent at once. More is a loop, not work.</summary>
    public const int MaxBackground = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CommandSession> _sessions = new(StringComparer.Ordinal);
    private bool _stopping;

    /// <summary>Takes a command in and names it.</summary>
    public CommandSession Add(CommandProcess process, string agentId, TimeSpan keep)
    {
        lock (_gate)
        {
            Forget();
            var session = new CommandSession(SessionNames.Next(_sessions.ContainsKey), process, agentId, keep);
            _sessions.Add(session.Name, session);
            if (_stopping)
                process.Kill("shutdown");
            return session;
        }
    }

    /// <summary>Removes a command; its process must have ended.</summary>
    public void Remove(CommandSession session)
    {
        lock (_gate)
            _sessions.Remove(session.Name);
    }

    /// <summary>A background command of the agent.</summary>
    public CommandSession? Find(string agentId, string name)
    {
        lock (_gate)
        {
            Forget();
            return _sessions.TryGetValue(name, out var session) && session.IsBackground && session.AgentId == agentId ? session : null;
        }
    }

    /// <summary>The background commands of the agent, oldest first.</summary>
    public IReadOnlyList<CommandSession> List(string agentId)
    {
        lock (_gate)
        {
            Forget();
            return [.. _sessions.Values.Where(session => session.IsBackground && session.AgentId == agentId).OrderBy(static session => session.Process.StartedAtMs)];
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        CommandSession[] sessions;
        lock (_gate)
        {
            _stopping = true;
            sessions = [.. _sessions.Values];
            _sessions.Clear();
        }
        foreach (var session in sessions)
            await session.Process.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Forget()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var session in _sessions.Values.Where(session => session.Exit is { } exit && exit.EndedAtMs + session.Keep.TotalMilliseconds <= now).ToList())
            _sessions.Remove(session.Name);
    }
}

/// <summary>A command with its name.</summary>
internal sealed class CommandSession(string name, CommandProcess process, string agentId, TimeSpan keep)
{
    public string Name { get; } = name;

    public CommandProcess Process { get; } = process;

    public string AgentId { get; } = agentId;

    /// <summary>How long it stays known after its end.</summary>
    public TimeSpan Keep { get; } = keep;

    /// <summary>The model no longer waits for it.</summary>
    public bool IsBackground { get; set; }

    public CommandExit? Exit => Process.Exit;
}
