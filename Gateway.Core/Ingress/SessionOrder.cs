using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// Hands the messages of a session on in the order they came, also when one must wait because it is suspected of ending the
/// process: a conversation is not answered out of its order, and its history must not show an answer behind a message that it
/// is not for.
/// </summary>
internal sealed class SessionOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Waits for the messages before it, and not at all when there are none. Dispose the result when the message was handed on.</summary>
    public async ValueTask<IDisposable> EnterAsync(string sessionKey, CancellationToken cancellationToken)
    {
        Line? line;
        lock (_gate)
        {
            if (!_lines.TryGetValue(sessionKey, out line))
                _lines[sessionKey] = line = new Line();
            line.Users++;
        }
        try
        {
            await line.Gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Leave(sessionKey, line);
            throw;
        }
        return new Place(this, sessionKey, line);
    }

    private void Leave(string sessionKey, Line line)
    {
        lock (_gate)
        {
            if (--line.Users == 0)
                _lines.Remove(sessionKey);
        }
    }

    private sealed class Line
    {
        public FifoGate Gate { get; } = new(static () => 1);

        public int Users { get; set; }
    }

    private sealed class Place(SessionOrder owner, string sessionKey, Line line) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            line.Gate.Exit();
            owner.Leave(sessionKey, line);
        }
    }
}
