namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Names of the events that this gateway sends.</summary>
public static class EventNames
{
    /// <summary>First frame of a connection.</summary>
    public const string ConnectChallenge = "connect.challenge";

    /// <summary>One step of an agent run.</summary>
    public const string Agent = "agent";

    /// <summary>What a chat window shows.</summary>
    public const string Chat = "chat";

    /// <summary>The whole presence list.</summary>
    public const string Presence = "presence";

    /// <summary>Keep-alive.</summary>
    public const string Tick = "tick";

    /// <summary>The gateway goes away.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>A fresh health snapshot.</summary>
    public const string Health = "health";

    /// <summary>A device asks to be paired.</summary>
    public const string DevicePairRequested = "device.pair.requested";

    /// <summary>Such a request was decided.</summary>
    public const string DevicePairResolved = "device.pair.resolved";

    /// <summary>A node asks to be put into the node-pair store.</summary>
    public const string NodePairRequested = "node.pair.requested";

    /// <summary>Such a request was decided.</summary>
    public const string NodePairResolved = "node.pair.resolved";

    /// <summary>A node is to run a command.</summary>
    public const string NodeInvokeRequest = "node.invoke.request";

    /// <summary>A command waits for a person's decision.</summary>
    public const string ExecApprovalRequested = "exec.approval.requested";

    /// <summary>Such a command was decided about.</summary>
    public const string ExecApprovalResolved = "exec.approval.resolved";

    /// <summary>People talk with the agent, or stopped.</summary>
    public const string TalkMode = "talk.mode";

    /// <summary>The words that wake a device changed.</summary>
    public const string VoiceWakeChanged = "voicewake.changed";
}
