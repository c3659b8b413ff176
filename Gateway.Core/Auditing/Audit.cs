using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Nodes.Pairing;

namespace OpenClaw.Gateway.Core.Auditing;

/// <summary>
/// Who was let in, turned away, approved, given or deprived of rights, and who changed the configuration. Under one log category,
/// with actor, device and connection as fields; never with a secret, a message's text or the content of a setting.
/// </summary>
internal sealed partial class Audit(ILoggerFactory loggers)
{
    /// <summary>Category, and subsystem in the log file.</summary>
    public const string Category = "audit";

    private readonly ILogger _log = loggers.CreateLogger(Category);

    /// <summary>A connection got its role and scopes.</summary>
    public void Admitted(string connectionId, ConnectionIdentity identity) => LogAdmitted(
        _log, connectionId, AuditText.Of(identity.Client.Id), AuditText.Of(identity.Client.Mode), AuditText.Of(identity.DeviceId), AuditText.Of(identity.Address), AuditText.Of(identity.Role),
        AuditText.Of(identity.Scopes), identity.Credential, identity.Protocol);

    /// <summary>A connect was turned away.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="deviceId">The device it claimed to be; not proven.</param>
    /// <param name="code">Error code.</param>
    /// <param name="reason">Error message.</param>
    public void Refused(string connectionId, string? address, string? deviceId, string code, string reason) =>
        LogRefused(_log, connectionId, AuditText.Of(address), AuditText.OfDeviceId(deviceId), code, AuditText.Of(reason));

    /// <summary>A call was not allowed.</summary>
    public void CallDenied(AuditActor actor, string method, string reason) => LogCallDenied(_log, AuditText.Of(method), actor, AuditText.Of(reason));

    /// <summary>A device waits for a decision.</summary>
    public void PairingRequested(string connectionId, PairingRequest request) =>
        LogPairingRequested(
        _log, request.RequestId, AuditText.Of(request.DeviceId), connectionId, AuditText.Of(request.ClientId), AuditText.Of(request.Role), AuditText.Of(request.Scopes), AuditText.Of(request.RemoteIp));

    /// <summary>A device was approved, by a person or because it is on this machine.</summary>
    public void PairingApproved(AuditActor actor, PairingRequest request) =>
        LogPairingApproved(_log, request.RequestId, AuditText.Of(request.DeviceId), AuditText.Of(request.Role), AuditText.Of(request.Scopes), actor);

    /// <summary>A device was turned down.</summary>
    public void PairingRejected(AuditActor actor, PairingRequest request) =>
        LogPairingRejected(_log, request.RequestId, AuditText.Of(request.DeviceId), AuditText.Of(request.Role), actor);

    /// <summary>Somebody tried to grant more than he may.</summary>
    public void PairingDenied(AuditActor actor, PairingRequest request, string missingScope) =>
        LogPairingDenied(_log, request.RequestId, AuditText.Of(request.DeviceId), actor, AuditText.Of(missingScope));

    /// <summary>A token was replaced.</summary>
    public void TokenRotated(AuditActor actor, string deviceId, DeviceToken token, int closed) =>
        LogTokenRotated(_log, AuditText.Of(deviceId), AuditText.Of(token.Role), AuditText.Of(token.Scopes), actor, closed);

    /// <summary>A token was ended.</summary>
    public void TokenRevoked(AuditActor actor, string deviceId, string role, int closed) => LogTokenRevoked(_log, AuditText.Of(deviceId), AuditText.Of(role), actor, closed);

    /// <summary>Somebody tried to change a token he may not touch, or to widen one.</summary>
    public void TokenChangeDenied(AuditActor actor, string deviceId, string role) => LogTokenChangeDenied(_log, AuditText.Of(deviceId), AuditText.Of(role), actor);

    /// <summary>A device was approved by a program that worked on the files.</summary>
    public void ApprovedOnHost(PairedDevice device) =>
        LogApprovedOnHost(_log, AuditText.Of(device.DeviceId), AuditText.Of(device.AllRoles), AuditText.Of(device.Scopes), AuditActor.Host);

    /// <summary>A token was replaced, revoked or removed by a program that worked on the files.</summary>
    public void TokenEndedOnHost(string deviceId, string role, int closed) =>
        LogTokenEndedOnHost(_log, AuditText.Of(deviceId), AuditText.Of(role), AuditActor.Host, closed);

    /// <summary>A token was made by which one device pairs without being approved.</summary>
    public void BootstrapIssued(AuditActor actor, BootstrapProfile profile, TimeSpan lifetime) =>
        LogBootstrapIssued(_log, AuditText.Of(profile.Roles), AuditText.Of(profile.Scopes), lifetime.TotalMinutes, actor);

    /// <summary>A node waits for a place in the node-pair store.</summary>
    public void NodePairingRequested(AuditActor actor, NodePairingRequest request) => LogNodePairingRequested(_log, request.RequestId, AuditText.Of(request.NodeId), actor);

    /// <summary>Such a request was decided.</summary>
    public void NodePairingDecided(AuditActor actor, NodePairingRequest request, bool approved) =>
        LogNodePairingDecided(_log, request.RequestId, AuditText.Of(request.NodeId), approved ? "approved" : "rejected", actor);

    /// <summary>Somebody who is not known wrote over a channel and got a code.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="sender">Its id there; of a phone number the end alone is told.</param>
    public void SenderRequested(string channel, string sender) => LogSenderRequested(_log, AuditText.Of(Short(sender)), channel);

    /// <summary>Somebody was let in, by a program that worked on the files.</summary>
    public void SenderApprovedOnHost(string channel, string sender) => LogSenderApproved(_log, AuditText.Of(Short(sender)), channel, AuditActor.Host);

    /// <summary>Somebody was let in.</summary>
    public void SenderApproved(AuditActor actor, string channel, string sender) => LogSenderApproved(_log, AuditText.Of(Short(sender)), channel, actor);

    /// <summary>Somebody who was let in may write no more.</summary>
    public void SenderRemoved(AuditActor actor, string channel, string sender) => LogSenderRemoved(_log, AuditText.Of(Short(sender)), channel, actor);

    /// <summary>A handle on an allowlist belongs to the first who wrote under it.</summary>
    public void HandleClaimed(string channel, string handle, string sender) => LogHandleClaimed(_log, AuditText.Of(handle), channel, AuditText.Of(sender));

    /// <summary>Somebody else has it now, and is not let in by it.</summary>
    public void HandleOfAnother(string channel, string handle, string sender) => LogHandleOfAnother(_log, AuditText.Of(handle), channel, AuditText.Of(sender));

    /// <summary>A command waits for a decision.</summary>
    public void ApprovalRequested(AuditActor actor, string id, string? agentId) => LogApprovalRequested(_log, AuditText.Of(id), AuditText.Of(agentId), actor);

    /// <summary>A command was decided about.</summary>
    public void ApprovalResolved(AuditActor actor, string id, string decision) => LogApprovalResolved(_log, AuditText.Of(id), AuditText.Of(decision), actor);

    /// <summary>Nobody decided about a command.</summary>
    public void ApprovalExpired(string id) => LogApprovalExpired(_log, AuditText.Of(id));

    /// <summary>The file of approvals was replaced.</summary>
    public void ApprovalsWritten(AuditActor actor, string path, string hash) => LogApprovalsWritten(_log, path, hash, actor);

    /// <summary>The file of approvals of a node was replaced.</summary>
    public void NodeApprovalsWritten(AuditActor actor, string nodeId) => LogNodeApprovalsWritten(_log, AuditText.Of(nodeId), actor);

    /// <summary>The configuration file was written.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="path">The file.</param>
    /// <param name="hash">Hash of the new text.</param>
    public void ConfigWritten(AuditActor actor, string path, string hash) => LogConfigWritten(_log, path, hash, actor);

    /// <summary>Another configuration is in force.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">Hash of the text before.</param>
    /// <param name="now">Hash of the text now.</param>
    public void ConfigInForce(string path, string before, string now) => LogConfigInForce(_log, path, before, now);

    /// <summary>Another shared secret counts; who came in with the old one is out.</summary>
    /// <param name="closed">Connections that were closed.</param>
    public void SecretChanged(int closed) => LogSecretChanged(_log, closed);

    [LoggerMessage(1301, LogLevel.Information, "Connection {ConnectionId} admitted: client {ClientId} ({Mode}), device {DeviceId}, from {Address}, role {Role}, scopes [{Scopes}], by {Credential}, protocol {Protocol}.")]
    private static partial void LogAdmitted(
        ILogger logger, string connectionId, string clientId, string mode, string? deviceId, string address, string role, string scopes, Credential credential, int protocol);

    [LoggerMessage(1302, LogLevel.Information, "Connection {ConnectionId} from {Address} (device {DeviceId}) refused: {Code} {Reason}")]
    private static partial void LogRefused(ILogger logger, string connectionId, string? address, string? deviceId, string code, string reason);

    [LoggerMessage(1303, LogLevel.Warning, "Call of {Method} by {Actor} denied: {Reason}")]
    private static partial void LogCallDenied(ILogger logger, string method, AuditActor actor, string reason);

    [LoggerMessage(1310, LogLevel.Warning, "Pairing request {RequestId}: device {DeviceId} on connection {ConnectionId} ({ClientId}) asks for role {Role} and scopes [{Scopes}] from {Address}.")]
    private static partial void LogPairingRequested(
        ILogger logger, string requestId, string deviceId, string connectionId, string? clientId, string? role, string scopes, string? address);

    [LoggerMessage(1311, LogLevel.Information, "Pairing request {RequestId} approved: device {DeviceId}, role {Role}, scopes [{Scopes}], by {Actor}.")]
    private static partial void LogPairingApproved(ILogger logger, string requestId, string deviceId, string? role, string scopes, AuditActor actor);

    [LoggerMessage(1312, LogLevel.Information, "Pairing request {RequestId} rejected: device {DeviceId}, role {Role}, by {Actor}.")]
    private static partial void LogPairingRejected(ILogger logger, string requestId, string deviceId, string? role, AuditActor actor);

    [LoggerMessage(1313, LogLevel.Warning, "Approval of pairing request {RequestId} (device {DeviceId}) by {Actor} denied: {Scope} is not theirs to give.")]
    private static partial void LogPairingDenied(ILogger logger, string requestId, string deviceId, AuditActor actor, string scope);

    [LoggerMessage(1314, LogLevel.Information, "Token of device {DeviceId} for role {Role} rotated, scopes [{Scopes}], by {Actor}; {Closed} connections closed.")]
    private static partial void LogTokenRotated(ILogger logger, string deviceId, string role, string scopes, AuditActor actor, int closed);

    [LoggerMessage(1315, LogLevel.Information, "Token of device {DeviceId} for role {Role} revoked by {Actor}; {Closed} connections closed.")]
    private static partial void LogTokenRevoked(ILogger logger, string deviceId, string role, AuditActor actor, int closed);

    [LoggerMessage(1316, LogLevel.Warning, "Change of the token of device {DeviceId} for role {Role} by {Actor} denied.")]
    private static partial void LogTokenChangeDenied(ILogger logger, string deviceId, string role, AuditActor actor);

    [LoggerMessage(1318, LogLevel.Information, "Device {DeviceId} approved for roles [{Roles}] and scopes [{Scopes}] by {Actor}.")]
    private static partial void LogApprovedOnHost(ILogger logger, string deviceId, string roles, string scopes, AuditActor actor);

    [LoggerMessage(1319, LogLevel.Information, "Token of device {DeviceId} for role {Role} ended by {Actor}; {Closed} connections closed.")]
    private static partial void LogTokenEndedOnHost(ILogger logger, string deviceId, string role, AuditActor actor, int closed);

    [LoggerMessage(1317, LogLevel.Information, "Bootstrap token for roles [{Roles}] and scopes [{Scopes}], good for {Minutes} minutes, issued by {Actor}.")]
    private static partial void LogBootstrapIssued(ILogger logger, string roles, string scopes, double minutes, AuditActor actor);

    [LoggerMessage(1330, LogLevel.Warning, "Node-pair request {RequestId} for node {NodeId} by {Actor}.")]
    private static partial void LogNodePairingRequested(ILogger logger, string requestId, string nodeId, AuditActor actor);

    [LoggerMessage(1331, LogLevel.Information, "Node-pair request {RequestId} for node {NodeId} {Decision} by {Actor}.")]
    private static partial void LogNodePairingDecided(ILogger logger, string requestId, string nodeId, string decision, AuditActor actor);

    private static string Short(string sender) => sender.StartsWith('+') && sender.Length > 4 ? "…" + sender[^4..] : sender;

    [LoggerMessage(1353, LogLevel.Information, "Handle {Handle} on the allowlist of {Channel} belongs to sender {Sender} from now on.")]
    private static partial void LogHandleClaimed(ILogger logger, string handle, string channel, string sender);

    [LoggerMessage(1354, LogLevel.Warning, "Handle {Handle} on the allowlist of {Channel} is now that of sender {Sender}, who is not let in by it.")]
    private static partial void LogHandleOfAnother(ILogger logger, string handle, string channel, string sender);

    [LoggerMessage(1350, LogLevel.Warning, "Sender {Sender} of {Channel} is not known and asks to be let in.")]
    private static partial void LogSenderRequested(ILogger logger, string sender, string channel);

    [LoggerMessage(1351, LogLevel.Information, "Sender {Sender} of {Channel} was let in by {Actor}.")]
    private static partial void LogSenderApproved(ILogger logger, string sender, string channel, AuditActor actor);

    [LoggerMessage(1352, LogLevel.Information, "Sender {Sender} of {Channel} may write no more, said {Actor}.")]
    private static partial void LogSenderRemoved(ILogger logger, string sender, string channel, AuditActor actor);

    [LoggerMessage(1340, LogLevel.Warning, "Approval {ApprovalId}: a command of agent {AgentId} waits for a decision, asked by {Actor}.")]
    private static partial void LogApprovalRequested(ILogger logger, string approvalId, string? agentId, AuditActor actor);

    [LoggerMessage(1341, LogLevel.Information, "Approval {ApprovalId}: {Decision} by {Actor}.")]
    private static partial void LogApprovalResolved(ILogger logger, string approvalId, string decision, AuditActor actor);

    [LoggerMessage(1342, LogLevel.Information, "Approval {ApprovalId}: nobody decided in time.")]
    private static partial void LogApprovalExpired(ILogger logger, string approvalId);

    [LoggerMessage(1343, LogLevel.Information, "Approvals {Path} written by {Actor}; hash {Hash}.")]
    private static partial void LogApprovalsWritten(ILogger logger, string path, string hash, AuditActor actor);

    [LoggerMessage(1344, LogLevel.Information, "Approvals of node {NodeId} written by {Actor}.")]
    private static partial void LogNodeApprovalsWritten(ILogger logger, string nodeId, AuditActor actor);

    [LoggerMessage(1320, LogLevel.Information, "Configuration {Path} written by {Actor}; hash {Hash}.")]
    private static partial void LogConfigWritten(ILogger logger, string path, string hash, AuditActor actor);

    [LoggerMessage(1321, LogLevel.Information, "Configuration {Path} with hash {Hash} is in force, after {Before}.")]
    private static partial void LogConfigInForce(ILogger logger, string path, string before, string hash);

    [LoggerMessage(1322, LogLevel.Information, "The gateway's secret changed; {Closed} connections that came in with the old one closed.")]
    private static partial void LogSecretChanged(ILogger logger, int closed);
}
