using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Tests.Dispatch;

/// <summary>Who may call what, written down from protocol page 4.1 and not from our catalog.</summary>
internal static class AuthorizationRules
{
    private static readonly HashSet<string> NodeOnly = ["node.invoke.result", "node.event", "skills.bins"];

    private static readonly HashSet<string> Approvals = ["exec.approval.request", "exec.approval.resolve"];

    private static readonly HashSet<string> Pairing =
    [
        "node.pair.request", "node.pair.list", "node.pair.approve", "node.pair.reject", "node.pair.verify",
        "device.pair.list", "device.pair.approve", "device.pair.reject", "device.token.rotate", "device.token.revoke", "node.rename",
        "channels.pairing.list", "channels.pairing.approve",
    ];

    private static readonly HashSet<string> Read =
    [
        "health", "logs.tail", "channels.status", "status", "usage.status", "usage.cost", "tts.status", "tts.providers", "models.list", "agents.list",
        "agent.identity.get", "skills.status", "voicewake.get", "sessions.list", "sessions.preview", "cron.list", "cron.status", "cron.runs",
        "system-presence", "last-heartbeat", "node.list", "node.describe", "chat.history", "outbox.status", "outbox.list",
    ];

    private static readonly HashSet<string> Write =
    [
        "send", "agent", "agent.wait", "wake", "talk.mode", "tts.enable", "tts.disable", "tts.convert", "tts.setProvider", "voicewake.set", "node.invoke",
        "chat.send", "chat.abort", "browser.request", "message.action",
    ];

    /// <summary>The refusal's message; null when the call is allowed.</summary>
    public static string? Refusal(string method, string role, IReadOnlyCollection<string> scopes)
    {
        if (role == ConnectionRoles.Node || NodeOnly.Contains(method))
            return role == ConnectionRoles.Node && NodeOnly.Contains(method) ? null : "unauthorized role: " + role;
        if (scopes.Contains(OperatorScopes.Admin))
            return null;
        var needed =
            Approvals.Contains(method) ? OperatorScopes.Approvals
            : Pairing.Contains(method) ? OperatorScopes.Pairing
            : Read.Contains(method) ? OperatorScopes.Read
            : Write.Contains(method) ? OperatorScopes.Write
            : OperatorScopes.Admin;
        var suffices = scopes.Contains(needed) || (needed == OperatorScopes.Read && scopes.Contains(OperatorScopes.Write));
        return suffices ? null : "missing scope: " + needed;
    }
}
