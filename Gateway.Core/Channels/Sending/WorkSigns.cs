using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Sending;

/// <summary>
/// Shows in the chat that its answer is being worked on: typing as long as the run works, and takes the sign off the message afterwards. Neither ever
/// holds up the answer, and nobody is told when they cannot be shown.
/// </summary>
internal sealed partial class WorkSigns : IRunObserver
{
    // Providers take the sign away after about that long; a run that does not end is not shown for ever (channels.md A1, typing).
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _typing = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Channel, string Account, string To, string MessageId), Task> _signing = [];
    private readonly ChannelCaller _channels;
    private readonly ConfigStore _configuration;
    private readonly TimeProvider _time;
    private readonly OwnedTasks _works;

    public WorkSigns(ChannelCaller channels, ConfigStore configuration, TimeProvider time, ILogger<WorkSigns> logger)
    {
        (_channels, _configuration, _time) = (channels, configuration, time);
        _works = new OwnedTasks(fault => LogFault(logger, fault));
    }

    /// <summary>Nothing is being shown at this moment.</summary>
    internal bool IsIdle => _works.IsIdle;

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        if (run.Request.Reply is not { } route)
            return;
        switch (runEvent)
        {
            case RunStarted when ModeOf(route) is "instant":
            case AssistantText when ModeOf(route) is "message":
                Begin(run, route);
                break;
            case RunEnded or RunFailed:
                End(run, route);
                break;
        }
    }

    /// <summary>Puts a sign on a message that was taken.</summary>
    public void Acknowledge(ReplyRoute route, string emoji) => Sign(route, emoji);

    /// <summary><c>thinking</c> starts with the run too: what is thought is not told apart here.</summary>
    private string ModeOf(ReplyRoute route) => _configuration.Current.Root.Section("agents").Section("defaults").Text("typingMode") switch
    {
        "never" => "never",
        "message" => "message",
        "instant" or "thinking" => "instant",
        _ => route.IsUnasked ? "message" : "instant",
    };

    private void Begin(AgentRun run, ReplyRoute route)
    {
        if (run.Request.IsHeartbeat || _typing.ContainsKey(run.RunId))
            return;
        var stop = new CancellationTokenSource(Longest, _time);
        // Taken now: a run that ends at once disposes of the source.
        var ended = stop.Token;
        if (_typing.TryAdd(run.RunId, stop))
            _works.Start(() => TypeAsync(route, ended));
        else
            stop.Dispose();
    }

    private void End(AgentRun run, ReplyRoute route)
    {
        if (_typing.TryRemove(run.RunId, out var stop))
        {
            stop.Cancel();
            stop.Dispose();
        }
        if (route is { AckToRemove: not null, MessageId: not null })
            Sign(route, null);
    }

    private async Task TypeAsync(ReplyRoute route, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested && failures < 2)
        {
            var result = await _channels.ActAsync(route.Channel, route.AccountId, new TypingAction(route.To, route.ThreadId), cancellationToken).ConfigureAwait(false);
            failures = result.Ok ? 0 : failures + 1;
            await Task.Delay(Refresh, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Changes the sign on a message, after the change before: a sign that is put on late would stay.</summary>
    private void Sign(ReplyRoute route, string? emoji)
    {
        var target = (route.Channel, route.AccountId, route.To, route.MessageId!);
        lock (_signing)
        {
            var before = _signing.GetValueOrDefault(target, Task.CompletedTask);
            var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _signing[target] = own.Task;
            _works.Start(() => SignAsync(before, own));
        }

        async Task SignAsync(Task before, TaskCompletionSource own)
        {
            try
            {
                await before.ConfigureAwait(false);
                await _channels.ActAsync(route.Channel, route.AccountId, new ReactAction(route.To, target.Item4, emoji), CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                lock (_signing)
                {
                    if (_signing.TryGetValue(target, out var last) && last == own.Task)
                        _signing.Remove(target);
                }
                own.SetResult();
            }
        }
    }

    [LoggerMessage(8111, LogLevel.Warning, "A sign that an answer is being worked on could not be shown.")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
