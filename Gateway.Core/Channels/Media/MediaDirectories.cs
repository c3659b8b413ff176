using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Media;

/// <summary>Where files of channels lie, in the state directory that all cores of a gateway share.</summary>
internal sealed class MediaDirectories(GatewayEnvironment environment)
{
    /// <summary>How long a file that came in is kept: as long as people come back to what they sent.</summary>
    public static readonly TimeSpan InboundAge = TimeSpan.FromDays(7);

    /// <summary>How long a file to send is kept: longer than its message may wait, which is a day.</summary>
    public static readonly TimeSpan OutboundAge = TimeSpan.FromDays(2);

    /// <summary>All of them; the agent may send what is in it.</summary>
    public string Root { get; } = Path.Combine(environment.StateDirectory, "media");

    /// <summary>What came in.</summary>
    public string Inbound => Path.Combine(Root, "inbound");

    /// <summary>What is to be sent.</summary>
    public string Outbound => Path.Combine(Root, "outbound");
}
