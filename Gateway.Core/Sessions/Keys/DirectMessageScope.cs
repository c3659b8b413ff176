namespace OpenClaw.Gateway.Core.Sessions.Keys;

/// <summary>How direct conversations share sessions (<c>session.dmScope</c>).</summary>
internal enum DirectMessageScope
{
    /// <summary>All of them are the agent's main session.</summary>
    Main,

    /// <summary>One session per person, whatever the channel.</summary>
    PerPeer,

    /// <summary>One session per person and channel.</summary>
    PerChannelPeer,

    /// <summary>One session per person, channel and own account.</summary>
    PerAccountChannelPeer,
}
