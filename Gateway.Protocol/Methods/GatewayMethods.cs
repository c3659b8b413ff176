using System.Text.Json;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Methods.Agents;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Channels;
using OpenClaw.Gateway.Protocol.Methods.Chat;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Methods.Cron;
using OpenClaw.Gateway.Protocol.Methods.Devices;
using OpenClaw.Gateway.Protocol.Methods.Logs;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Methods.Skills;
using OpenClaw.Gateway.Protocol.Methods.Status;
using OpenClaw.Gateway.Protocol.Methods.Voice;

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

    /// <summary>Replaces the configuration.</summary>
    public static MethodContract<ConfigSetParams, ConfigSetResult> ConfigSet { get; } = new("config.set");

    /// <summary>Replaces the configuration, with a note for the time after a restart.</summary>
    public static MethodContract<ConfigChangeParams, ConfigChangeResult> ConfigApply { get; } = new("config.apply");

    /// <summary>Changes parts of the configuration.</summary>
    public static MethodContract<ConfigChangeParams, ConfigChangeResult> ConfigPatch { get; } = new("config.patch");

    /// <summary>What a configuration may hold.</summary>
    public static MethodContract<EmptyParams, ConfigSchemaResult> ConfigSchema { get; } = new("config.schema");

    /// <summary>Agents.</summary>
    public static MethodContract<EmptyParams, AgentsListResult> AgentsList { get; } = new("agents.list");

    /// <summary>Adds an agent.</summary>
    public static MethodContract<AgentsCreateParams, AgentsCreateResult> AgentsCreate { get; } = new("agents.create");

    /// <summary>Changes an agent.</summary>
    public static MethodContract<AgentsUpdateParams, AgentsUpdateResult> AgentsUpdate { get; } = new("agents.update");

    /// <summary>Removes an agent.</summary>
    public static MethodContract<AgentsDeleteParams, AgentsDeleteResult> AgentsDelete { get; } = new("agents.delete");

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

    /// <summary>State of channels.</summary>
    public static MethodContract<ChannelsStatusParams, JsonElement> ChannelsStatus { get; } = new("channels.status");

    /// <summary>Signs a channel's account out.</summary>
    public static MethodContract<ChannelsLogoutParams, JsonElement> ChannelsLogout { get; } = new("channels.logout");

    /// <summary>Begins to link a channel by a code.</summary>
    public static MethodContract<WebLoginStartParams, JsonElement> WebLoginStart { get; } = new("web.login.start");

    /// <summary>Waits until it is linked.</summary>
    public static MethodContract<WebLoginWaitParams, JsonElement> WebLoginWait { get; } = new("web.login.wait");

    /// <summary>Sends a message over a channel.</summary>
    public static MethodContract<SendParams, JsonElement> Send { get; } = new("send");

    /// <summary>Sends a question with answers to choose from.</summary>
    public static MethodContract<PollParams, JsonElement> Poll { get; } = new("poll");

    /// <summary>What newer clients send instead of both.</summary>
    public static MethodContract<JsonElement, JsonElement> MessageAction { get; } = new("message.action", validated: false);

    /// <summary>How many messages to send there are, by what became of them.</summary>
    public static MethodContract<EmptyParams, JsonElement> OutboxStatus { get; } = new("outbox.status");

    /// <summary>Messages to send, and what became of them.</summary>
    public static MethodContract<OutboxListParams, JsonElement> OutboxList { get; } = new("outbox.list");

    /// <summary>Sends a message again that failed or may be there.</summary>
    public static MethodContract<OutboxDecisionParams, JsonElement> OutboxRetry { get; } = new("outbox.retry");

    /// <summary>Gives a message up.</summary>
    public static MethodContract<OutboxDecisionParams, JsonElement> OutboxDrop { get; } = new("outbox.drop");

    /// <summary>Senders that wait to be let in.</summary>
    public static MethodContract<ChannelsPairingListParams, JsonElement> ChannelsPairingList { get; } = new("channels.pairing.list");

    /// <summary>Lets one of them in.</summary>
    public static MethodContract<ChannelsPairingApproveParams, JsonElement> ChannelsPairingApprove { get; } = new("channels.pairing.approve");

    /// <summary>People talk with the agent, or stop.</summary>
    public static MethodContract<TalkModeParams, JsonElement> TalkMode { get; } = new("talk.mode");

    /// <summary>Words that wake a device.</summary>
    public static MethodContract<JsonElement, JsonElement> VoiceWakeGet { get; } = new("voicewake.get", validated: false);

    /// <summary>Replaces them.</summary>
    public static MethodContract<JsonElement, JsonElement> VoiceWakeSet { get; } = new("voicewake.set", validated: false);

    /// <summary>Whether and how answers are spoken.</summary>
    public static MethodContract<JsonElement, JsonElement> TtsStatus { get; } = new("tts.status", validated: false);

    /// <summary>Who can speak them.</summary>
    public static MethodContract<JsonElement, JsonElement> TtsProviders { get; } = new("tts.providers", validated: false);

    /// <summary>Answers are spoken.</summary>
    public static MethodContract<JsonElement, JsonElement> TtsEnable { get; } = new("tts.enable", validated: false);

    /// <summary>Answers are not spoken.</summary>
    public static MethodContract<JsonElement, JsonElement> TtsDisable { get; } = new("tts.disable", validated: false);

    /// <summary>Chooses who speaks.</summary>
    public static MethodContract<JsonElement, JsonElement> TtsSetProvider { get; } = new("tts.setProvider", validated: false);

    /// <summary>Speaks a text.</summary>
    public static MethodContract<JsonElement, JsonElement> TtsConvert { get; } = new("tts.convert", validated: false);

    /// <summary>Limits of providers.</summary>
    public static MethodContract<JsonElement, JsonElement> UsageStatus { get; } = new("usage.status", validated: false);

    /// <summary>Tokens and costs per day.</summary>
    public static MethodContract<JsonElement, JsonElement> UsageCost { get; } = new("usage.cost", validated: false);

    /// <summary>One session, call by call.</summary>
    public static MethodContract<JsonElement, JsonElement> SessionsUsageTimeSeries { get; } = new("sessions.usage.timeseries", validated: false);

    /// <summary>One session, message by message.</summary>
    public static MethodContract<JsonElement, JsonElement> SessionsUsageLogs { get; } = new("sessions.usage.logs", validated: false);

    /// <summary>Known files of a workspace.</summary>
    public static MethodContract<AgentFilesListParams, AgentFilesListResult> AgentsFilesList { get; } = new("agents.files.list");

    /// <summary>Reads one of them.</summary>
    public static MethodContract<AgentFilesGetParams, AgentFileResult> AgentsFilesGet { get; } = new("agents.files.get");

    /// <summary>Writes one of them.</summary>
    public static MethodContract<AgentFilesSetParams, AgentFileResult> AgentsFilesSet { get; } = new("agents.files.set");

    /// <summary>Skills of an agent.</summary>
    public static MethodContract<SkillsStatusParams, JsonElement> SkillsStatus { get; } = new("skills.status");

    /// <summary>Programs that skills need, for nodes.</summary>
    public static MethodContract<EmptyParams, JsonElement> SkillsBins { get; } = new("skills.bins");

    /// <summary>Installs what a skill needs.</summary>
    public static MethodContract<SkillsInstallParams, JsonElement> SkillsInstall { get; } = new("skills.install");

    /// <summary>Configures a skill.</summary>
    public static MethodContract<SkillsUpdateParams, SkillsUpdateResult> SkillsUpdate { get; } = new("skills.update");

    /// <summary>Tells the main session something.</summary>
    public static MethodContract<WakeParams, JsonElement> Wake { get; } = new("wake");

    /// <summary>Controls a browser.</summary>
    public static MethodContract<JsonElement, JsonElement> BrowserRequest { get; } = new("browser.request", validated: false);

    /// <summary>Installs a newer version.</summary>
    public static MethodContract<UpdateRunParams, JsonElement> UpdateRun { get; } = new("update.run");

    /// <summary>Begins the setup wizard.</summary>
    public static MethodContract<WizardStartParams, JsonElement> WizardStart { get; } = new("wizard.start");

    /// <summary>Its next step.</summary>
    public static MethodContract<WizardNextParams, JsonElement> WizardNext { get; } = new("wizard.next");

    /// <summary>Ends it.</summary>
    public static MethodContract<WizardSessionParams, JsonElement> WizardCancel { get; } = new("wizard.cancel");

    /// <summary>How far it is.</summary>
    public static MethodContract<WizardSessionParams, JsonElement> WizardStatus { get; } = new("wizard.status");

    /// <summary>Switches heartbeats on and off.</summary>
    public static MethodContract<JsonElement, JsonElement> SetHeartbeats { get; } = new("set-heartbeats", validated: false);

    /// <summary>Schedules.</summary>
    public static MethodContract<CronListParams, JsonElement> CronList { get; } = new("cron.list");

    /// <summary>Whether they are run.</summary>
    public static MethodContract<EmptyParams, JsonElement> CronStatus { get; } = new("cron.status");

    /// <summary>How the runs of one ended.</summary>
    public static MethodContract<JsonElement, JsonElement> CronRuns { get; } = new("cron.runs", validated: false);

    /// <summary>Makes a job; its params come in several forms.</summary>
    public static MethodContract<JsonElement, JsonElement> CronAdd { get; } = new("cron.add", validated: false);

    /// <summary>Changes a job.</summary>
    public static MethodContract<JsonElement, JsonElement> CronUpdate { get; } = new("cron.update", validated: false);

    /// <summary>Removes a job.</summary>
    public static MethodContract<JsonElement, JsonElement> CronRemove { get; } = new("cron.remove", validated: false);

    /// <summary>Runs a job now.</summary>
    public static MethodContract<JsonElement, JsonElement> CronRun { get; } = new("cron.run", validated: false);

    /// <summary>All of the above, for schema and model generation.</summary>
    public static IReadOnlyList<MethodContract> All { get; } =
    [
        Connect, Health, Status, SystemPresence, SystemEvent, LastHeartbeat, LogsTail, ConfigGet, ConfigSet, ConfigApply, ConfigPatch, ConfigSchema,
        AgentsList, AgentsCreate, AgentsUpdate, AgentsDelete, AgentIdentityGet, ModelsList,
        Agent, AgentWait, ChatHistory, ChatSend, ChatAbort, ChatInject, SessionsList, SessionsPreview, SessionsResolve, SessionsPatch,
        SessionsReset, SessionsDelete, SessionsCompact, SessionsUsage, DevicePairList, DevicePairApprove, DevicePairReject, DeviceTokenRotate,
        DeviceTokenRevoke, NodePairRequest, NodePairList, NodePairApprove, NodePairReject, NodePairVerify, NodeRename, NodeList, NodeDescribe,
        NodeInvoke, NodeInvokeResult, NodeEvent, ExecApprovalRequest, ExecApprovalResolve, ExecApprovalsGet, ExecApprovalsSet, ExecApprovalsNodeGet,
        ExecApprovalsNodeSet, ChannelsStatus, ChannelsLogout, WebLoginStart, WebLoginWait, Send, Poll, MessageAction, OutboxStatus, OutboxList,
        OutboxRetry, OutboxDrop, ChannelsPairingList, ChannelsPairingApprove, TalkMode, VoiceWakeGet, VoiceWakeSet,
        TtsStatus, TtsProviders, TtsEnable, TtsDisable, TtsSetProvider, TtsConvert, UsageStatus, UsageCost, SessionsUsageTimeSeries, SessionsUsageLogs,
        AgentsFilesList, AgentsFilesGet, AgentsFilesSet, SkillsStatus, SkillsBins, SkillsInstall, SkillsUpdate, Wake, BrowserRequest, UpdateRun, WizardStart,
        WizardNext, WizardCancel, WizardStatus, SetHeartbeats, CronList, CronStatus, CronRuns, CronAdd, CronUpdate, CronRemove, CronRun,
    ];
}
