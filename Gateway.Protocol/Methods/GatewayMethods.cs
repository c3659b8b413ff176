using System.Text.Json;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Methods.Agents;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Chat;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Methods.Devices;
using OpenClaw.Gateway.Protocol.Methods.Logs;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Protocol.Methods;

/// <summary>Every method that has a typed contract.</summary>
public static class GatewayMethods
{
    /// <summary>The handshake.</summary>
    public static MethodContract<ConnectParams, HelloOk> Connect { get; } = new("connect");

    /// <summary>Health snapshot.</summary>
    public static MethodContract<HealthParams, HealthSnapshot> Health { get; } = new("health", validated: false);

    /// <summary>Status summary.</summary>
    public static MethodContract<JsonElement, StatusSummary> Status { get; } = new("status", validated: false);

    /// <summary>All presence entries.</summary>
    public static MethodContract<JsonElement, IReadOnlyList<PresenceEntry>> SystemPresence { get; } = new("system-presence", validated: false);

    /// <summary>Report of a host.</summary>
    public static MethodContract<SystemEventParams, OkResult> SystemEvent { get; } = new("system-event", validated: false);

    /// <summary>Last heartbeat, or null.</summary>
    public static MethodContract<JsonElement, JsonElement> LastHeartbeat { get; } = new("last-heartbeat", validated: false);

    /// <summary>End of the log file.</summary>
    public static MethodContract<LogsTailParams, LogsTailResult> LogsTail { get; } = new("logs.tail");

    /// <summary>The configuration.</summary>
    public static MethodContract<EmptyParams, ConfigGetResult> ConfigGet { get; } = new("config.get");

    /// <summary>Agents.</summary>
    public static MethodContract<EmptyParams, AgentsListResult> AgentsList { get; } = new("agents.list");

    /// <summary>How an agent presents itself.</summary>
    public static MethodContract<AgentIdentityGetParams, AgentIdentityGetResult> AgentIdentityGet { get; } = new("agent.identity.get");

    /// <summary>Models.</summary>
    public static MethodContract<EmptyParams, ModelsListResult> ModelsList { get; } = new("models.list");

    /// <summary>One turn, answered twice.</summary>
    public static MethodContract<AgentParams, AgentFinal> Agent { get; } = new("agent", acceptedType: typeof(AgentAccepted));

    /// <summary>Waits for a run.</summary>
    public static MethodContract<AgentWaitParams, AgentWaitResult> AgentWait { get; } = new("agent.wait");

    /// <summary>Messages of a session.</summary>
    public static MethodContract<ChatHistoryParams, ChatHistoryResult> ChatHistory { get; } = new("chat.history");

    /// <summary>Sends a message.</summary>
    public static MethodContract<ChatSendParams, ChatSendResult> ChatSend { get; } = new("chat.send");

    /// <summary>Stops runs.</summary>
    public static MethodContract<ChatAbortParams, ChatAbortResult> ChatAbort { get; } = new("chat.abort");

    /// <summary>Puts an assistant message into a session.</summary>
    public static MethodContract<ChatInjectParams, ChatInjectResult> ChatInject { get; } = new("chat.inject");

    /// <summary>Sessions.</summary>
    public static MethodContract<SessionsListParams, SessionListResult> SessionsList { get; } = new("sessions.list");

    /// <summary>Last messages of sessions.</summary>
    public static MethodContract<SessionsPreviewParams, SessionPreviewsResult> SessionsPreview { get; } = new("sessions.preview");

    /// <summary>Finds a session.</summary>
    public static MethodContract<SessionsResolveParams, SessionResolveResult> SessionsResolve { get; } = new("sessions.resolve");

    /// <summary>Changes a session's settings.</summary>
    public static MethodContract<SessionsPatchParams, SessionPatchResult> SessionsPatch { get; } = new("sessions.patch");

    /// <summary>Starts a session anew.</summary>
    public static MethodContract<SessionsResetParams, SessionResetResult> SessionsReset { get; } = new("sessions.reset");

    /// <summary>Deletes a session.</summary>
    public static MethodContract<SessionsDeleteParams, SessionDeletionResult> SessionsDelete { get; } = new("sessions.delete");

    /// <summary>Shortens a transcript.</summary>
    public static MethodContract<SessionsCompactParams, SessionCompactionResult> SessionsCompact { get; } = new("sessions.compact");

    /// <summary>Tokens and costs per session.</summary>
    public static MethodContract<SessionsUsageParams, SessionUsageResult> SessionsUsage { get; } = new("sessions.usage");

    /// <summary>Devices that wait, and those that were approved.</summary>
    public static MethodContract<EmptyParams, DevicePairListResult> DevicePairList { get; } = new("device.pair.list");

    /// <summary>Approves a device.</summary>
    public static MethodContract<DevicePairDecisionParams, DevicePairApproveResult> DevicePairApprove { get; } = new("device.pair.approve");

    /// <summary>Turns a device away.</summary>
    public static MethodContract<DevicePairDecisionParams, DevicePairRejectResult> DevicePairReject { get; } = new("device.pair.reject");

    /// <summary>Replaces a device's token.</summary>
    public static MethodContract<DeviceTokenRotateParams, DeviceTokenRotateResult> DeviceTokenRotate { get; } = new("device.token.rotate");

    /// <summary>Ends a device's token.</summary>
    public static MethodContract<DeviceTokenRevokeParams, DeviceTokenRevokeResult> DeviceTokenRevoke { get; } = new("device.token.revoke");

    /// <summary>Asks for a place in the node-pair store.</summary>
    public static MethodContract<NodePairRequestParams, NodePairRequestResult> NodePairRequest { get; } = new("node.pair.request");

    /// <summary>The node-pair store.</summary>
    public static MethodContract<EmptyParams, NodePairListResult> NodePairList { get; } = new("node.pair.list");

    /// <summary>Puts a node into the store.</summary>
    public static MethodContract<NodePairDecisionParams, NodePairApproveResult> NodePairApprove { get; } = new("node.pair.approve");

    /// <summary>Turns a node away.</summary>
    public static MethodContract<NodePairDecisionParams, NodePairRejectResult> NodePairReject { get; } = new("node.pair.reject");

    /// <summary>Checks a node's token.</summary>
    public static MethodContract<NodePairVerifyParams, NodePairVerifyResult> NodePairVerify { get; } = new("node.pair.verify");

    /// <summary>Renames a node of the store.</summary>
    public static MethodContract<NodeRenameParams, NodeRenameResult> NodeRename { get; } = new("node.rename");

    /// <summary>Connected and approved nodes.</summary>
    public static MethodContract<EmptyParams, NodeListResult> NodeList { get; } = new("node.list");

    /// <summary>One of them.</summary>
    public static MethodContract<NodeDescribeParams, NodeDescribeResult> NodeDescribe { get; } = new("node.describe");

    /// <summary>Lets a node run a command.</summary>
    public static MethodContract<NodeInvokeParams, NodeInvokeResult> NodeInvoke { get; } = new("node.invoke");

    /// <summary>A node's answer.</summary>
    public static MethodContract<NodeInvokeResultParams, NodeInvokeResultResult> NodeInvokeResult { get; } = new("node.invoke.result");

    /// <summary>Something happened at a node.</summary>
    public static MethodContract<NodeEventParams, OkResult> NodeEvent { get; } = new("node.event");

    /// <summary>Asks people about a command.</summary>
    public static MethodContract<ExecApprovalRequestParams, ExecApprovalRequestResult> ExecApprovalRequest { get; } = new("exec.approval.request");

    /// <summary>Decides about a command.</summary>
    public static MethodContract<ExecApprovalResolveParams, OkResult> ExecApprovalResolve { get; } = new("exec.approval.resolve");

    /// <summary>What was decided about commands for good.</summary>
    public static MethodContract<EmptyParams, ExecApprovalsResult> ExecApprovalsGet { get; } = new("exec.approvals.get");

    /// <summary>Replaces it.</summary>
    public static MethodContract<ExecApprovalsSetParams, ExecApprovalsResult> ExecApprovalsSet { get; } = new("exec.approvals.set");

    /// <summary>The same of a node.</summary>
    public static MethodContract<ExecApprovalsNodeGetParams, JsonElement> ExecApprovalsNodeGet { get; } = new("exec.approvals.node.get");

    /// <summary>Replaces it at a node.</summary>
    public static MethodContract<ExecApprovalsNodeSetParams, JsonElement> ExecApprovalsNodeSet { get; } = new("exec.approvals.node.set");

    /// <summary>All of the above, for schema and model generation.</summary>
    public static IReadOnlyList<MethodContract> All { get; } =
    [
        Connect, Health, Status, SystemPresence, SystemEvent, LastHeartbeat, LogsTail, ConfigGet, AgentsList, AgentIdentityGet, ModelsList,
        Agent, AgentWait, ChatHistory, ChatSend, ChatAbort, ChatInject, SessionsList, SessionsPreview, SessionsResolve, SessionsPatch,
        SessionsReset, SessionsDelete, SessionsCompact, SessionsUsage, DevicePairList, DevicePairApprove, DevicePairReject, DeviceTokenRotate,
        DeviceTokenRevoke, NodePairRequest, NodePairList, NodePairApprove, NodePairReject, NodePairVerify, NodeRename, NodeList, NodeDescribe,
        NodeInvoke, NodeInvokeResult, NodeEvent, ExecApprovalRequest, ExecApprovalResolve, ExecApprovalsGet, ExecApprovalsSet, ExecApprovalsNodeGet,
        ExecApprovalsNodeSet,
    ];
}
