using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;

namespace OpenClaw.Channels.Abstractions.Tests.Support;

/// <summary>A channel whose provider is the test. Its section is <c>{"accounts": {"id": "fingerprint"}}</c>.</summary>
internal sealed class MemoryChannel : IChannel
{
    private readonly Lock _gate = new();
    private readonly List<MemoryConnection> _connections = [];

    public ChannelDescription Description { get; } = new("memory", "Memory");

    /// <summary>The connections that were made, in order.</summary>
    public IReadOnlyList<MemoryConnection> Connections
    {
        get
        {
            lock (_gate)
                return [.. _connections];
        }
    }

    /// <summary>What a connection does when it is run.</summary>
    public Func<MemoryConnection, CancellationToken, Task<ConnectionEnd>> Run { get; set; } = static async (connection, cancellationToken) =>
    {
        connection.Context.Ready();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return new ConnectionEnd("stopped");
    };

    /// <summary>What comes of an attempt to send.</summary>
    public Func<OutboundMessage, CancellationToken, Task<SendResult>> Send { get; set; } = static (message, _) => Task.FromResult<SendResult>(new SendResult.Delivered("at " + message.Id));

    public static ChannelSettings Settings(params (string Id, string Fingerprint)[] accounts)
    {
        var section = new JsonObject { ["accounts"] = new JsonObject(accounts.Select(account => KeyValuePair.Create<string, JsonNode?>(account.Id, account.Fingerprint))) };
        return new ChannelSettings { Section = JsonSerializer.SerializeToElement(section) };
    }

    public IReadOnlyList<ChannelAccount> AccountsOf(ChannelSettings settings) =>
    [
        .. settings.Section.GetProperty("accounts").EnumerateObject().Select(entry => new ChannelAccount(entry.Name)
        {
            Fingerprint = entry.Value.GetString()!,
            Enabled = entry.Value.GetString() != "off",
            Problem = entry.Value.GetString() == "bad" ? "no token" : null,
        }),
    ];

    public IChannelConnection Connect(ChannelAccount account, ConnectionContext context)
    {
        var connection = new MemoryConnection(this, account, context);
        lock (_gate)
            _connections.Add(connection);
        return connection;
    }
}

/// <summary>A connection to the test.</summary>
internal sealed class MemoryConnection(MemoryChannel channel, ChannelAccount account, ConnectionContext context) : IChannelConnection
{
    public ChannelAccount Account => account;

    public ConnectionContext Context => context;

    public bool IsDisposed { get; private set; }

    public Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken) => channel.Run(this, cancellationToken);

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken) => channel.Send(message, cancellationToken);

    public Task<ActionResult> ActAsync(ChannelAction action, CancellationToken cancellationToken) => Task.FromResult(ActionResult.Done);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
