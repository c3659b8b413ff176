using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Previews;

/// <summary>
/// Shows answers in their chats while they are written. A preview is no message: it is not stored, not tried again, and gone by itself when this process
/// is. The answer goes through the outbox as it does without one, and waits for none.
/// </summary>
internal sealed partial class AnswerPreviews : IRunObserver
{
    /// <summary>How long the account's owner may take for one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<string, AnswerPreview?> _previews = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly ChannelCaller _channels;
    private readonly ConfigStore _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OwnedTasks _work;

    public AnswerPreviews(ChannelCaller channels, ConfigStore configuration, TimeProvider time, ILogger<AnswerPreviews> logger)
    {
        (_channels, _configuration, _time, _logger) = (channels, configuration, time, logger);
        _work = new OwnedTasks(fault => LogFault(logger, fault));
    }

    /// <summary>Nothing is being shown at this moment, and nothing is kept of what was.</summary>
    internal bool IsIdle => _work.IsIdle && _previews.IsEmpty && _places.IsEmpty;

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        // As in the peer: providers that have previews have them in the topics of private chats.
        if (run.Request.Reply is not { ThreadId: not null, ChatType: "direct" } route || run.Request.IsHeartbeat)
            return;
        switch (runEvent)
        {
            case AssistantText text:
                _previews.GetOrAdd(run.RunId, static (_, known) => known.Self.Begin(known.Run, known.Route), (Self: this, Run: run, Route: route))?.Show(text.Text);
                break;
            case AssistantReset when _previews.TryGetValue(run.RunId, out var preview):
                preview?.Forget();
                break;
            case RunEnded or RunFailed when _previews.TryRemove(run.RunId, out var preview):
                _places.TryRemove(new(route.Place, run.RunId));
                preview?.Dispose();
                break;
        }
    }

    /// <summary>Null when the account shows none, or another answer has the place. The events of a run come one at a time.</summary>
    private AnswerPreview? Begin(AgentRun run, ReplyRoute route)
    {
        var options = PreviewOptions.Of(ChannelSection.Of(_configuration.Current, route.Channel, route.AccountId));
        if (options is null || !_places.TryAdd(route.Place, run.RunId))
            return null;
        var (channel, account, to, thread, id) = (route.Channel, route.AccountId, route.To, route.ThreadId, run.RunId);
        return new AnswerPreview(options, ShowAsync, _work, _time);

        async Task<bool> ShowAsync(string text, CancellationToken cancellationToken)
        {
            var result = await _channels.ActAsync(channel, account, new PreviewAction(to, thread, id, text), cancellationToken, Patience).ConfigureAwait(false);
            if (!result.Ok)
                LogNotShown(_logger, channel, account, result.Error ?? "");
            return result.Ok;
        }
    }

    [LoggerMessage(8112, LogLevel.Debug, "{Channel}/{Account}: an answer is not shown while it is written: {Reason}")]
    private static partial void LogNotShown(ILogger logger, string channel, string account, string reason);

    [LoggerMessage(8113, LogLevel.Warning, "The preview of an answer failed.")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
