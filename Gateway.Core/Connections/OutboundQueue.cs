using System.Net.WebSockets;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>
/// What one connection still has to be sent, in order. Whoever adds to an idle queue becomes its writer, so there is no task per
/// connection; while the receive loop holds the queue, answers gather and leave in one write.
/// </summary>
internal sealed class OutboundQueue(WebSocket socket, CoalescingStream? transport, CancellationToken aborted)
{
    private readonly Lock _gate = new();
    private readonly Queue<OutboundMessage> _waiting = new();
    private long _queuedBytes;
    private long _queuedEventBytes;
    private int _holds;
    private bool _writing;
    private bool _completed;
    private Task _writer = Task.CompletedTask;
    private TaskCompletionSource? _drained;

    /// <summary>Bytes accepted and not yet handed to the transport.</summary>
    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    /// <summary>The part of <see cref="QueuedBytes"/> that is events: how far the client is behind, whatever large answer it asked for.</summary>
    public long QueuedEventBytes => Interlocked.Read(ref _queuedEventBytes);

    /// <summary>Adds a message. False when the queue was closed: the message is dropped.</summary>
    public bool Enqueue(OutboundMessage message)
    {
        lock (_gate)
        {
            if (_completed)
            {
                message.Dispose();
                return false;
            }
            _waiting.Enqueue(message);
            Count(message, message.Length);
            StartWriterIfNeeded();
        }
        return true;
    }

    /// <summary>Lets messages gather until <see cref="ReleaseAsync"/>.</summary>
    public void Hold()
    {
        lock (_gate)
            _holds++;
    }

    /// <summary>Ends <see cref="Hold"/> and sends what gathered, on the caller's thread as far as it goes without waiting.</summary>
    public ValueTask ReleaseAsync()
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            _holds--;
            if (_writing || _waiting.Count == 0 || _holds > 0)
                return ValueTask.CompletedTask;
            _writing = true;
            done = new TaskCompletionSource();
            _writer = done.Task;
        }
        return WriteInlineAsync(done);
    }

    /// <summary>Completes when everything that was queued has been handed to the transport.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_writing)
                return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Takes no more messages. What is queued is still sent unless <paramref name="discard"/>.</summary>
    public Task CompleteAsync(bool discard)
    {
        lock (_gate)
        {
            _completed = true;
            if (discard)
                DiscardWaiting();
            else
                StartWriterIfNeeded(ignoreHold: true);
            return _writer;
        }
    }

    private void StartWriterIfNeeded(bool ignoreHold = false)
    {
        if (_writing || _waiting.Count == 0 || (_holds > 0 && !ignoreHold))
            return;
        _writing = true;
        // Never on the caller's thread: a broadcast must not pay for the sends of every client.
        _writer = Task.Run(WriteAsync, CancellationToken.None);
    }

    private async ValueTask WriteInlineAsync(TaskCompletionSource done)
    {
        try
        {
            await WriteAsync().ConfigureAwait(false);
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                transport?.Hold();
                while (TryTake(out var message))
                {
                    using (message)
                        await SendAsync(message).ConfigureAwait(false);
                    Count(message, -message.Length);
                }
                if (transport is not null)
                    await transport.ReleaseAsync(aborted).ConfigureAwait(false);
                if (StopWriterIfIdle())
                    return;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is gone; the receive loop sees it too and cleans up.
            lock (_gate)
            {
                _completed = true;
                _writing = false;
                DiscardWaiting();
                _drained?.TrySetResult();
            }
        }
    }

    private ValueTask SendAsync(OutboundMessage message) => message.OnSent is { } onSent
        ? SendRawAsync(message.Memory, onSent)
        : socket.SendAsync(message.Memory, WebSocketMessageType.Text, endOfMessage: true, aborted);

    /// <summary>A WebSocket has no call for a ping; between two messages the transport takes any whole frame.</summary>
    private async ValueTask SendRawAsync(ReadOnlyMemory<byte> frame, Action onSent)
    {
        if (transport is null)
            return;
        await transport.WriteThroughAsync(frame, aborted).ConfigureAwait(false);
        onSent();
    }

    private void Count(in OutboundMessage message, int bytes)
    {
        Interlocked.Add(ref _queuedBytes, bytes);
        if (message.IsEvent)
            Interlocked.Add(ref _queuedEventBytes, bytes);
    }

    private bool TryTake(out OutboundMessage message)
    {
        lock (_gate)
            return _waiting.TryDequeue(out message);
    }

    private bool StopWriterIfIdle()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
                return false;
            _writing = false;
            _drained?.TrySetResult();
            _drained = null;
            return true;
        }
    }

    private void DiscardWaiting()
    {
        while (_waiting.TryDequeue(out var message))
        {
            Count(message, -message.Length);
            message.Dispose();
        }
    }
}
