using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;

namespace OpenClaw.Channels.Abstractions.Accounts;

/// <summary>A channel: what it is, which accounts a configuration gives it, and how one is connected. The rest, the host does.</summary>
public interface IChannel
{
    /// <summary>What clients show of it.</summary>
    ChannelDescription Description { get; }

    /// <summary>The accounts of a configuration, those included that are switched off or lack something.</summary>
    /// <param name="settings">What the core told last.</param>
    IReadOnlyList<ChannelAccount> AccountsOf(ChannelSettings settings);

    /// <summary>Makes a connection for an account; it does nothing before it is run.</summary>
    /// <param name="account">The account.</param>
    /// <param name="context">What it needs.</param>
    IChannelConnection Connect(ChannelAccount account, ConnectionContext context);
}

/// <summary>An account of a channel.</summary>
/// <param name="Id">For example <c>default</c>.</param>
public record ChannelAccount(string Id)
{
    /// <summary>What its user calls it.</summary>
    public string? Name { get; init; }

    /// <summary>It is not switched off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Why it cannot be connected, for people: no token for example. Null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Where its credentials come from, never what they are.</summary>
    public string? TokenSource { get; init; }

    /// <summary>Two of the same are the same to the channel: a change of it means a new connection, and nothing else does.</summary>
    public required string Fingerprint { get; init; }
}
