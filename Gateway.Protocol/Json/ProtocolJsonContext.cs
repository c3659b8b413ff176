using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Methods.Agents;
using OpenClaw.Gateway.Protocol.Methods.Chat;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Methods.Devices;
using OpenClaw.Gateway.Protocol.Methods.Logs;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Protocol.Json;

/// <summary>Source-generated metadata of every contract type.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RequestFrame))]
[JsonSerializable(typeof(ResponseFrame))]
[JsonSerializable(typeof(EventFrame))]
[JsonSerializable(typeof(ErrorShape))]
[JsonSerializable(typeof(ConnectParams))]
[JsonSerializable(typeof(HelloOk))]
[JsonSerializable(typeof(OkResult))]
[JsonSerializable(typeof(EmptyParams))]
[JsonSerializable(typeof(HealthParams))]
[JsonSerializable(typeof(HealthSnapshot))]
[JsonSerializable(typeof(StatusSummary))]
[JsonSerializable(typeof(SystemEventParams))]
[JsonSerializable(typeof(PresenceEntry))]
[JsonSerializable(typeof(IReadOnlyList<PresenceEntry>))]
[JsonSerializable(typeof(LogsTailParams))]
[JsonSerializable(typeof(LogsTailResult))]
[JsonSerializable(typeof(ConfigGetResult))]
[JsonSerializable(typeof(AgentsListResult))]
[JsonSerializable(typeof(AgentIdentityGetParams))]
[JsonSerializable(typeof(AgentIdentityGetResult))]
[JsonSerializable(typeof(ModelsListResult))]
[JsonSerializable(typeof(AgentParams))]
[JsonSerializable(typeof(AgentAccepted))]
[JsonSerializable(typeof(AgentFinal))]
[JsonSerializable(typeof(SystemPromptReport))]
[JsonSerializable(typeof(AgentWaitParams))]
[JsonSerializable(typeof(AgentWaitResult))]
[JsonSerializable(typeof(ChatHistoryParams))]
[JsonSerializable(typeof(ChatHistoryResult))]
[JsonSerializable(typeof(ChatSendParams))]
[JsonSerializable(typeof(ChatSendResult))]
[JsonSerializable(typeof(ChatAbortParams))]
[JsonSerializable(typeof(ChatAbortResult))]
[JsonSerializable(typeof(ChatInjectParams))]
[JsonSerializable(typeof(ChatInjectResult))]
[JsonSerializable(typeof(SessionsListParams))]
[JsonSerializable(typeof(SessionsPreviewParams))]
[JsonSerializable(typeof(SessionsResolveParams))]
[JsonSerializable(typeof(SessionsPatchParams))]
[JsonSerializable(typeof(SessionsResetParams))]
[JsonSerializable(typeof(SessionsDeleteParams))]
[JsonSerializable(typeof(SessionsCompactParams))]
[JsonSerializable(typeof(SessionsUsageParams))]
[JsonSerializable(typeof(SessionUsageResult))]
[JsonSerializable(typeof(SessionListResult))]
[JsonSerializable(typeof(SessionPatchResult))]
[JsonSerializable(typeof(SessionResetResult))]
[JsonSerializable(typeof(SessionPreviewsResult))]
[JsonSerializable(typeof(SessionResolveResult))]
[JsonSerializable(typeof(SessionDeletionResult))]
[JsonSerializable(typeof(SessionCompactionResult))]
[JsonSerializable(typeof(DevicePairListResult))]
[JsonSerializable(typeof(DevicePairDecisionParams))]
[JsonSerializable(typeof(DevicePairApproveResult))]
[JsonSerializable(typeof(DevicePairRejectResult))]
[JsonSerializable(typeof(DeviceTokenRotateParams))]
[JsonSerializable(typeof(DeviceTokenRotateResult))]
[JsonSerializable(typeof(DeviceTokenRevokeParams))]
[JsonSerializable(typeof(DeviceTokenRevokeResult))]
[JsonSerializable(typeof(ChallengeEvent))]
[JsonSerializable(typeof(TickEvent))]
[JsonSerializable(typeof(PresenceEvent))]
[JsonSerializable(typeof(ShutdownEvent))]
[JsonSerializable(typeof(AgentEvent))]
[JsonSerializable(typeof(ChatEvent))]
[JsonSerializable(typeof(DevicePairRequestedEvent))]
[JsonSerializable(typeof(DevicePairResolvedEvent))]
public sealed partial class ProtocolJsonContext : JsonSerializerContext;
