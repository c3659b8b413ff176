using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>The sign that a message gets which was taken.</summary>
public sealed class AckTests
{
    [Theory]
    [InlineData("", "direct", null)]
    [InlineData("", "group mentioned", "👀")]
    [InlineData("", "group", null)]
    [InlineData("ackReactionScope: \"all\"", "direct", "👀")]
    [InlineData("ackReactionScope: \"all\"", "group", "👀")]
    [InlineData("ackReactionScope: \"direct\"", "direct", "👀")]
    [InlineData("ackReactionScope: \"direct\"", "group mentioned", null)]
    [InlineData("ackReactionScope: \"group-all\"", "group", "👀")]
    [InlineData("ackReactionScope: \"group-all\"", "direct", null)]
    [InlineData("ackReactionScope: \"all\", ackReaction: \"\"", "direct", null)]
    [InlineData("ackReactionScope: \"all\", ackReaction: \" 🦀 \"", "direct", "🦀")]
    [InlineData("ackReactionScope: \"all\"", "button", null)]
    public async Task Of_ByScope_IsTheSignOrNone(string messages, string where, string? expected)
    {
        await using var host = await InboundHost.StartAsync(sections: $"messages: {{ {messages} }}");
        var message = where switch
        {
            "direct" => InboundHost.Direct("hi"),
            "button" => InboundHost.Direct("hi") with { Kind = InboundKind.Button },
            _ => InboundHost.Group("hi"),
        };

        var ack = AckSign.Of(host.Get<ConfigStore>().Current, message, "main", wasMentioned: where.EndsWith("mentioned", StringComparison.Ordinal), requireMention: true);

        Assert.Equal(expected, ack?.Emoji);
        Assert.False(ack?.IsRemoved ?? false);
    }

    /// <summary>A provider that is slow to put it on must not do that after it was taken away.</summary>
    [Fact]
    public async Task ASignThatGoesAfterTheAnswer_IsTakenAwayAfterItWasPutOn()
    {
        await using var host = (await InboundHost.StartAsync(sections: "messages: { ackReactionScope: 'all', removeAckAfterReply: true }")).Answers("hi");
        var slow = new TaskCompletionSource();
        var done = new ConcurrentQueue<string>();
        await using var channel = await host.Bus.Calls.ServeAsync(ChannelNames.AccountService("telegram", "default"), async (request, cancellation) =>
        {
            if (JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.ChannelAction) is ReactAction sign)
            {
                if (sign.Emoji is not null)
                    await slow.Task.WaitAsync(cancellation);
                done.Enqueue(sign.Emoji ?? "none");
            }
            return JsonSerializer.SerializeToUtf8Bytes(ActionResult.Done, ChannelJsonContext.Default.ActionResult);
        });

        await host.SayAsync(InboundHost.Direct("hello"));
        await host.SentAsync();
        await host.SettledAsync();
        slow.SetResult();

        await TestTimeouts.Until(() => done.Count == 2, "both changes of the sign");
        Assert.Equal(["👀", "none"], done);
    }

    /// <summary>The typing begins off the run's path: the run may be over by then.</summary>
    [Fact]
    public async Task ARunThatEndsAtOnce_LeavesNoFault()
    {
        await using var host = await InboundHost.StartAsync();
        var logger = new Faults();
        var signs = new WorkSigns(host.Get<ChannelCaller>(), host.Get<ConfigStore>(), TimeProvider.System, logger);
        var request = new RunRequest { RunId = "r", Session = new SessionAddress("main", "agent:main:main", "s"), Message = "hi", Reply = new ReplyRoute("telegram", "default", "42") };
        for (var i = 0; i < 200; i++)
        {
            using var run = new AgentRun(request, [], [], TimeProvider.System, static _ => { });
            signs.OnRunEvent(run, new RunStarted(0));
            signs.OnRunEvent(run, new RunEnded(0, 0, null));
        }

        await TestTimeouts.Until(() => signs.IsIdle, "all signs to be shown");
        Assert.Empty(logger.Seen);
    }

    private sealed class Faults : ILogger<WorkSigns>
    {
        public ConcurrentQueue<Exception?> Seen { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Seen.Enqueue(exception);
    }
}
