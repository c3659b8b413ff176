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
internal sealed class AnswerDrafts(BotApi api)
{
    /// <summary>Answers that are remembered to have come: far more than are written at once.</summary>
    private const int MaxEnded = 1024;

    /// <summary>A draft that takes longer is none that shows how far an answer has got.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CancellationTokenSource> _showing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private volatile bool _areTaken;

    /// <summary>The bot's private chats have topics. Nobody knows before the API has said who the bot is.</summary>
    public bool AreTaken
    {
        get => _areTaken;
        set => _areTaken = value;
    }

    /// <summary>Shows a draft in the place of the run's last one. What goes wrong is not tried again: a newer one comes soon.</summary>
    public async Task<ActionResult> ShowAsync(PreviewAction preview, CancellationToken cancellationToken)
    {
        if (!AreTaken || TelegramTarget.Parse(preview.To, preview.ThreadId) is not { IsPrivate: true, ThreadId: not null } target)
            return ActionResult.Failed("there are no drafts in this chat");
        var text = TelegramText.FromMarkdown(preview.Text);
        if (text.Plain.Trim().Length == 0 || text.Plain.Length > TelegramText.MaxLength)
            return ActionResult.Failed($"a draft has 1 to {TelegramText.MaxLength} characters");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!TryBegin(preview.RunId, stop))
            return ActionResult.Failed("the answer is there, or a draft of it is on its way");
        try
        {
            var request = new ChatRequest { ChatId = target.Chat, MessageThreadId = target.ThreadId, DraftId = IdOf(preview.RunId), Text = text.Html, ParseMode = "HTML" };
            var answer = await api.CallAsync<ChatRequest, bool>("sendMessageDraft", request, CallTimeout, stop.Token).ConfigureAwait(false);
            return answer.IsOk || answer.SaidOk ? ActionResult.Done : ActionResult.Failed(answer.Error);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ActionResult.Failed("the answer is there");
        }
        finally
        {
            lock (_gate)
                _showing.Remove(preview.RunId);
        }
    }

    /// <summary>A message of this run is on its way: its draft must not come behind it.</summary>
    public void End(string? runId)
    {
        if (runId is null || !AreTaken)
            return;
        lock (_gate)
        {
            if (_ended.Add(runId))
                _order.Enqueue(runId);
            while (_order.Count > MaxEnded)
                _ended.Remove(_order.Dequeue());
            // Under the lock, as its owner disposes of it after it took it out of here.
            if (_showing.TryGetValue(runId, out var showing))
                showing.Cancel();
        }
    }

    /// <summary>The same for all drafts of a run, also after a restart, and for no other's of the chat.</summary>
    internal static int IdOf(string runId) => Math.Max(1, BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(runId))) & int.MaxValue);

    private bool TryBegin(string runId, CancellationTokenSource stop)
    {
        lock (_gate)
            return !_ended.Contains(runId) && _showing.TryAdd(runId, stop);
    }
}
