using System.Collections.Concurrent;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;

namespace OpenClaw.Gateway.Core.Tests.Channels.Sending;

/// <summary>A channel whose provider does what the test says, and takes everything when it says nothing.</summary>
internal sealed class ScriptedChannel : IChannel
{
    private int _ids;

    /// <summary>What becomes of the next attempts.</summary>
    public ConcurrentQueue<SendResult> Results { get; } = new();

    /// <summary>The attempts.</summary>
    public ConcurrentQueue<OutboundMessage> Attempts { get; } = new();

    /// <summary>What was done in passing.</summary>
    public ConcurrentQueue<ChannelAction> Actions { get; } = new();

    /// <summary>What an attempt does, when the test wants to hold it up.</summary>
    public Func<Task<SendResult>>? Sending { get; set; }

    /// <summary>Its account gets connected.</summary>
    public bool Connects { get; init; } = true;

    public ChannelDescription Description { get; } = new("telegram", "Telegram") { DetailLabel = "Telegram Bot", MaxTextLength = 100, HasReactions = true, Actions = ["send", "poll", "react", "edit", "delete", "pin", "unpin", "thread-create", "sticker"] };

    public IReadOnlyList<ChannelAccount> AccountsOf(ChannelSettings settings) => [new ChannelAccount("default") { Fingerprint = "same", TokenSource = "config" }];

    public IChannelConnection Connect(ChannelAccount account, ConnectionContext context) => new Connection(this, context);

    private sealed class Connection(ScriptedChannel channel, ConnectionContext context) : IChannelConnection
    {
        public async Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken)
        {
            context.Report(status => status with { Mode = "polling", LastError = channel.Connects ? null : "no answer" });
            if (channel.Connects)
                context.Ready();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
            return new ConnectionEnd("never");
        }

        public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
        {
            channel.Attempts.Enqueue(message);
            if (channel.Sending is { } sending)
                return sending();
            return Task.FromResult(channel.Results.TryDequeue(out var result) ? result : new SendResult.Delivered($"p{Interlocked.Increment(ref channel._ids)}"));
        }

        public Task<ActionResult> ActAsync(ChannelAction action, CancellationToken cancellationToken)
        {
            channel.Actions.Enqueue(action);
            return Task.FromResult(action is ProbeAction ? ActionResult.Done with { Identity = "the_bot", ElapsedMs = 3 } : action is CreateThreadAction ? ActionResult.Done with { ThreadId = "77" } : action is LogoutAction ? ActionResult.Failed("not here") : ActionResult.Done);
        }

        public ValueTask DisposeAsync() => default;
    }
}
