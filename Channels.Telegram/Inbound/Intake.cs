using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>Brings updates into the gateway: each chat in order, the chats beside each other, and nothing is called stored before it is.</summary>
internal sealed partial class Intake : IAsyncDisposable
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    /// <summary>A press that is not answered spins on the screen; after some seconds the API takes no answer any more.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Beyond this many chats those that are silent are forgotten; they come back with their next update.</summary>
    private const int MaxLanes = 1024;

    private readonly string _account;
    private readonly BotApi _api;
    private readonly UpdateNormalizer _normalizer;
    private readonly FileFetcher _files;
    private readonly ConnectionContext _context;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<long, ChatLane> _lanes = [];
    private readonly HashSet<Task> _work = [];

    public Intake(string account, BotApi api, UpdateNormalizer normalizer, FileFetcher files, ConnectionContext context, ILogger logger)
    {
        _account = account;
        _api = api;
        _normalizer = normalizer;
        _files = files;
        _context = context;
        _logger = logger;
    }

    /// <summary>Takes an update; its <see cref="IncomingUpdate.Stored"/> is called when it is stored. When this is disposed first, it is not.</summary>
    public void Post(IncomingUpdate incoming)
    {
        if (incoming.Update is { Message: null, CallbackQuery: null, MessageReaction: null })
        {
            incoming.Stored();
            return;
        }
        if (incoming.Update.CallbackQuery is { } press)
            Begin(_ => AnswerAsync(press));
        lock (_gate)
        {
            if (!_lanes.TryGetValue(incoming.ChatId, out var lane))
            {
                if (_lanes.Count >= MaxLanes)
                    Forget();
                _lanes[incoming.ChatId] = lane = new ChatLane(HandleAsync, _context.Time);
            }
            if (lane.Post(incoming))
                Begin(lane.RunAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] work;
        lock (_gate)
            work = [.. _work];
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Forget()
    {
        foreach (var idle in _lanes.Where(static pair => pair.Value.IsIdle).Select(static pair => pair.Key).ToList())
            _lanes.Remove(idle);
    }

    private void Begin(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            _work.RemoveWhere(static task => task.IsCompleted);
            _work.Add(work(_stop.Token));
        }
    }

    /// <summary>Handles updates that are one message.</summary>
    private async Task HandleAsync(IReadOnlyList<IncomingUpdate> updates, CancellationToken cancellationToken)
    {
        InboundMessage? message = null;
        IReadOnlyList<NormalizedMessage> parts = [];
        try
        {
            (message, parts) = Normalize(updates);
        }
        catch (Exception exception)
        {
            // One that we choke on would be sent for ever, and all behind it would wait.
            LogChoked(_logger, exception, _account, updates[0].Update.UpdateId);
        }
        if (message is not null)
            await StoreAsync(message, parts, cancellationToken).ConfigureAwait(false);
        foreach (var update in updates)
            update.Stored();
    }

    private (InboundMessage? Message, IReadOnlyList<NormalizedMessage> Parts) Normalize(IReadOnlyList<IncomingUpdate> updates)
    {
        var update = updates[0].Update;
        if (update.CallbackQuery is { } press)
            return (_normalizer.Normalize(press), []);
        if (update.MessageReaction is { } reaction)
            return (_normalizer.Normalize(reaction), []);
        var parts = updates.Select(part => _normalizer.Normalize(part.Update.Message!)).OfType<NormalizedMessage>().ToList();
        return (parts.Count == 0 ? null : Whole(parts), parts);
    }

    private InboundMessage Whole(IReadOnlyList<NormalizedMessage> parts)
    {
        var whole = Gathering.Merge(parts);
        return whole.Files.Count == 0
            ? whole.Message
            : whole.Message with { Media = [.. whole.Files.Select(_files.Describe)] };
    }

    /// <summary>Tries until it is stored: the API keeps it as long as we do not say so.</summary>
    private async Task StoreAsync(InboundMessage message, IReadOnlyList<NormalizedMessage> parts, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await _context.AcceptAsync(message, ids => Whole([.. parts.Where(part => ids.Contains(part.Message.MessageId))]), cancellationToken).ConfigureAwait(false))
                    return;
            }
            catch (BusUnavailableException)
            {
                // The bus tells its health.
            }
            await Task.Delay(StorePause, _context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(CallbackQuery press)
    {
        try
        {
            var answer = await _api.CallAsync<AnswerCallbackQueryRequest, bool>("answerCallbackQuery", new AnswerCallbackQueryRequest(press.Id), AnswerTimeout, _stop.Token).ConfigureAwait(false);
            if (!answer.IsOk)
                LogNotAnswered(_logger, _account, answer.Error);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the press itself is stored.
        }
    }

    [LoggerMessage(8311, LogLevel.Error, "telegram/{Account}: update {UpdateId} cannot be understood and is passed over.")]
    private static partial void LogChoked(ILogger logger, Exception exception, string account, long updateId);

    [LoggerMessage(8313, LogLevel.Debug, "telegram/{Account}: the press of a button could not be answered: {Reason}")]
    private static partial void LogNotAnswered(ILogger logger, string account, string reason);
}
