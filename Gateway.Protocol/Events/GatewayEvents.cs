using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Every event that has a typed contract.</summary>
public static class GatewayEvents
{
    /// <summary>First frame of a connection.</summary>
    public static EventContract<ChallengeEvent> ConnectChallenge { get; } = new(EventNames.ConnectChallenge);

    /// <summary>One step of an agent run.</summary>
    public static EventContract<AgentEvent> Agent { get; } = new(EventNames.Agent);

    /// <summary>What a chat window shows.</summary>
    public static EventContract<ChatEvent> Chat { get; } = new(EventNames.Chat);

    /// <summary>The whole presence list.</summary>
    public static EventContract<PresenceEvent> Presence { get; } = new(EventNames.Presence);

    /// <summary>Keep-alive.</summary>
    public static EventContract<TickEvent> Tick { get; } = new(EventNames.Tick);

    /// <summary>The gateway goes away.</summary>
    public static EventContract<ShutdownEvent> Shutdown { get; } = new(EventNames.Shutdown);

    /// <summary>A fresh health snapshot.</summary>
    public static EventContract<HealthSnapshot> Health { get; } = new(EventNames.Health);

    /// <summary>A device asks to be paired.</summary>
    public static EventContract<DevicePairRequestedEvent> DevicePairRequested { get; } = new(EventNames.DevicePairRequested);

    /// <summary>Such a request was decided.</summary>
    public static EventContract<DevicePairResolvedEvent> DevicePairResolved { get; } = new(EventNames.DevicePairResolved);

    /// <summary>A node asks to be put into the node-pair store.</summary>
    public static EventContract<NodePairRequestedEvent> NodePairRequested { get; } = new(EventNames.NodePairRequested);

    /// <summary>Such a request was decided.</summary>
    public static EventContract<NodePairResolvedEvent> NodePairResolved { get; } = new(EventNames.NodePairResolved);

    /// <summary>A node is to run a command.</summary>
    public static EventContract<NodeInvokeRequestEvent> NodeInvokeRequest { get; } = new(EventNames.NodeInvokeRequest);

    /// <summary>A command waits for a person's decision.</summary>
    public static EventContract<ExecApprovalRequestedEvent> ExecApprovalRequested { get; } = new(EventNames.ExecApprovalRequested);

    /// <summary>Such a command was decided about.</summary>
    public static EventContract<ExecApprovalResolvedEvent> ExecApprovalResolved { get; } = new(EventNames.ExecApprovalResolved);

    /// <summary>People talk with the agent, or stopped.</summary>
    public static EventContract<TalkModeEvent> TalkMode { get; } = new(EventNames.TalkMode);

    /// <summary>The words that wake a device.</summary>
    public static EventContract<VoiceWakeChangedEvent> VoiceWakeChanged { get; } = new(EventNames.VoiceWakeChanged);

    /// <summary>All of the above, for schema and model generation.</summary>
    public static IReadOnlyList<EventContract> All { get; } =
    [
        ConnectChallenge, Agent, Chat, Presence, Tick, Shutdown, Health, NodePairRequested, NodePairResolved, NodeInvokeRequest,
        DevicePairRequested, DevicePairResolved, ExecApprovalRequested, ExecApprovalResolved, TalkMode, VoiceWakeChanged,
    ];
}
