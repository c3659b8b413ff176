using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>An update on its way into the gateway.</summary>
/// <param name="Update">The update.</param>
/// <param name="Stored">Called once it is stored, or there is nothing in it to store.</param>
internal sealed record IncomingUpdate(Update Update, Action Stored)
{
    /// <summary>The chat that it is about; they do not wait for each other.</summary>
    public long ChatId => Update.Message?.Chat.Id ?? Update.CallbackQuery?.Message?.Chat.Id ?? Update.MessageReaction?.Chat.Id ?? 0;
}

/// <summary>The updates of one chat, one after the other, and those that are one message together.</summary>
/// <param name="handle">Handles updates that are one message, in their order.</param>
/// <param name="time">Clock.</param>
internal sealed class ChatLane(Func<IReadOnlyList<IncomingUpdate>, CancellationToken, Task> handle, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<IncomingUpdate> _waiting = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isRunning;

    /// <summary>Nothing waits, and nobody works on it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return !_isRunning;
        }
    }

    /// <summary>Puts an update behind the others.</summary>
    /// <returns>True when nobody works on the lane: the caller has to call <see cref="RunAsync"/>.</returns>
    public bool Post(IncomingUpdate update)
    {
        lock (_gate)
        {
            _waiting.Add(update);
            _arrived.TrySetResult();
            if (_isRunning)
                return false;
            return _isRunning = true;
        }
    }

    /// <summary>Works until nothing waits.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (TakeFirst() is { } first)
            await handle(await GatherAsync(first, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<IncomingUpdate>> GatherAsync(IncomingUpdate first, CancellationToken cancellationToken)
    {
        if (first.Update.Message is not { } message)
            return [first];
        if (message.MediaGroupId is not null)
            return await GatherAsync(first, message, Gathering.IsOfAlbum, waitsBehindOthers: true, GatherSettings.AlbumQuiet, cancellationToken).ConfigureAwait(false);
        return Gathering.MayBePaste(message)
            ? await GatherAsync(first, message, Gathering.Continues, waitsBehindOthers: false, GatherSettings.PasteQuiet, cancellationToken).ConfigureAwait(false)
            : [first];
    }

    /// <summary>Takes parts as long as they come. Of a text that was cut up none can come once another message has; parts of an album may lie between others.</summary>
    private async Task<IReadOnlyList<IncomingUpdate>> GatherAsync(IncomingUpdate first, Message message, Func<IReadOnlyList<Message>, Message, bool> belongs, bool waitsBehindOthers, TimeSpan quiet, CancellationToken cancellationToken)
    {
        List<IncomingUpdate> gathered = [first];
        List<Message> parts = [message];
        var since = time.GetTimestamp();
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                var index = _waiting.FindIndex(update => update.Update.Message is { } next && belongs(parts, next));
                if (index == 0 || (index > 0 && waitsBehindOthers))
                {
                    gathered.Add(_waiting[index]);
                    parts.Add(_waiting[index].Update.Message!);
                    _waiting.RemoveAt(index);
                    since = time.GetTimestamp();
                    continue;
                }
                if (_waiting.Count > 0 && !waitsBehindOthers)
                    return gathered;
                if (_arrived.Task.IsCompleted)
                    _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
                arrived = _arrived.Task;
            }
            var left = quiet - time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
                return gathered;
            await arrived.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private IncomingUpdate? TakeFirst()
    {
        lock (_gate)
        {
            if (_waiting is not [var first, ..])
            {
                _isRunning = false;
                return null;
            }
            _waiting.RemoveAt(0);
            return first;
        }
    }
}
