using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Formatting;

namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>
/// Shows answers while they are written, as drafts: no messages, but bubbles that Telegram takes away when a message comes, and by itself after half a
/// minute. So nothing of them is left when anybody is killed. The API takes them in the topics of private chats, as the peer uses them.
/// </summary>
internal sealed class AnswerDrafts(BotApi api, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a message waits for a draft that is on its way to the same place: several times what the API takes for one.</summary>
    public static readonly TimeSpan EndPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Answers that are remembered to have come: far more than are written at once.</summary>
    private const int MaxEnded = 1024;

    /// <summary>A draft that takes longer is none that shows how far an answer has got.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Draft> _showing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private volatile bool _areTaken;
    private (long Since, TimeSpan Length)? _limit;
    private bool _isClosed;

    /// <summary>The bot's private chats have topics. Nobody knows before the API has said who the bot is.</summary>
    public bool AreTaken
    {
        get => _areTaken;
        set => _areTaken = value;
    }

    /// <summary>Shows a draft in the place of the run's last one. What goes wrong is not tried again: a newer one comes soon.</summary>
    /// <param name="preview">What is shown, and where.</param>
    /// <param name="cancellationToken">Stops waiting. The draft goes on, so that the answer knows of it.</param>
    public async Task<ActionResult> ShowAsync(PreviewAction preview, CancellationToken cancellationToken)
    {
        if (!AreTaken || TelegramTarget.Parse(preview.To, preview.ThreadId) is not { IsPrivate: true, ThreadId: not null } target)
            return ActionResult.Failed("there are no drafts in this chat");
        var text = TelegramText.FromMarkdown(preview.Text);
        // Marks without words, as a block of code begins with: there is more to show soon.
        if (text.Plain.Trim().Length == 0)
            return ActionResult.Done;
        if (text.Plain.Length > TelegramText.MaxLength)
            return ActionResult.Failed($"a draft has at most {TelegramText.MaxLength} characters");
        if (TryBegin(preview.RunId, target) is not { } draft)
            return ActionResult.Failed("the answer is there, a draft of it is on its way, or Telegram wants no drafts for a while");
        var request = new ChatRequest { ChatId = target.Chat, MessageThreadId = target.ThreadId, DraftId = IdOf(preview.RunId), Text = text.Html, ParseMode = "HTML" };
        return await SendAsync(request, draft).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A message is on its way: a draft of its run must not come behind it. One that has left already would, over a connection of its own, so its end is
    /// waited for a moment.
    /// </summary>
    /// <param name="runId">The message's run; null for none.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task EndAsync(string? runId, TelegramTarget target, CancellationToken cancellationToken)
    {
        if (!AreTaken)
            return;
        List<Draft> before;
        lock (_gate)
        {
            if (runId is not null && _ended.Add(runId))
                _order.Enqueue(runId);
            while (_order.Count > MaxEnded)
                _ended.Remove(_order.Dequeue());
            before = [.. _showing.Values.Where(draft => draft.Target == target)];
        }
        if (before.Count == 0)
            return;
        await Task.WhenAll(before.Select(static draft => draft.Over)).WaitAsync(EndPatience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        GiveUp(before);
    }

    public async ValueTask DisposeAsync()
    {
        List<Draft> all;
        lock (_gate)
        {
            _isClosed = true;
            all = [.. _showing.Values];
        }
        GiveUp(all);
        await Task.WhenAll(all.Select(static draft => draft.Over)).ConfigureAwait(false);
    }

    /// <summary>The same for all drafts of a run, also after a restart, and for no other's of the chat.</summary>
    internal static int IdOf(string runId) => Math.Max(1, BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(runId))) & int.MaxValue);

    private async Task<ActionResult> SendAsync(ChatRequest request, Draft draft)
    {
        try
        {
            var answer = await api.CallAsync<ChatRequest, bool>("sendMessageDraft", request, CallTimeout, draft.Stopped).ConfigureAwait(false);
            if (answer.Outcome is BotOutcome.RateLimited)
                NoteLimit(answer.RetryAfter ?? TimeSpan.FromSeconds(1));
            return answer.IsOk || answer.SaidOk ? ActionResult.Done : ActionResult.Failed(answer.Error);
        }
        catch (OperationCanceledException) when (draft.Stopped.IsCancellationRequested)
        {
            return ActionResult.Failed("the answer is there");
        }
        finally
        {
            lock (_gate)
                _showing.Remove(draft.RunId);
            draft.Dispose();
        }
    }

    private Draft? TryBegin(string runId, TelegramTarget target)
    {
        lock (_gate)
        {
            if (_isClosed || _ended.Contains(runId) || _showing.ContainsKey(runId) || (_limit is { } limit && time.GetElapsedTime(limit.Since) < limit.Length))
                return null;
            return _showing[runId] = new Draft(runId, target);
        }
    }

    private void NoteLimit(TimeSpan length)
    {
        lock (_gate)
            _limit = (time.GetTimestamp(), length);
    }

    private void GiveUp(List<Draft> drafts)
    {
        lock (_gate)
        {
            // Under the lock, as a draft is disposed of after it was taken out of here.
            foreach (var draft in drafts.Where(draft => _showing.GetValueOrDefault(draft.RunId) == draft))
                draft.Stop();
        }
    }

    /// <summary>A draft that is on its way.</summary>
    private sealed class Draft(string runId, TelegramTarget target) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string RunId => runId;

        public TelegramTarget Target => target;

        public CancellationToken Stopped => _stop.Token;

        public Task Over => _over.Task;

        public void Stop() => _stop.Cancel();

        public void Dispose()
        {
            _stop.Dispose();
            _over.SetResult();
        }
    }
}
