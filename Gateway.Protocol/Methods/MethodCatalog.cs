using System.Collections.Frozen;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Protocol.Methods;

/// <summary>A method's name and who may call it.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Scope">What a caller must hold.</param>
/// <param name="Advertised">True when <c>hello-ok</c> lists it, provided it is served.</param>
public sealed record MethodEntry(string Name, MethodScope Scope, bool Advertised);

/// <summary>All methods of protocol 3, in the order in which <c>hello-ok</c> lists them, then those it never lists.</summary>
public static class MethodCatalog
{
    /// <summary>The table. What is not in it needs <see cref="MethodScope.Admin"/>.</summary>
    public static IReadOnlyList<MethodEntry> All { get; } =
    [
        new("health", MethodScope.Read, Advertised: true),
        new("logs.tail", MethodScope.Read, Advertised: true),
        new("channels.status", MethodScope.Read, Advertised: true),
        new("channels.logout", MethodScope.Admin, Advertised: true),
        new("status", MethodScope.Read, Advertised: true),
        new("usage.status", MethodScope.Read, Advertised: true),
        new("usage.cost", MethodScope.Read, Advertised: true),
        new("tts.status", MethodScope.Read, Advertised: true),
        new("tts.providers", MethodScope.Read, Advertised: true),
        new("tts.enable", MethodScope.Write, Advertised: true),
        new("tts.disable", MethodScope.Write, Advertised: true),
        new("tts.convert", MethodScope.Write, Advertised: true),
        new("tts.setProvider", MethodScope.Write, Advertised: true),
        new("config.get", MethodScope.Admin, Advertised: true),
        new("config.set", MethodScope.Admin, Advertised: true),
        new("config.apply", MethodScope.Admin, Advertised: true),
        new("config.patch", MethodScope.Admin, Advertised: true),
        new("config.schema", MethodScope.Admin, Advertised: true),
        new("exec.approvals.get", MethodScope.Admin, Advertised: true),
        new("exec.approvals.set", MethodScope.Admin, Advertised: true),
        new("exec.approvals.node.get", MethodScope.Admin, Advertised: true),
        new("exec.approvals.node.set", MethodScope.Admin, Advertised: true),
        new("exec.approval.request", MethodScope.Approvals, Advertised: true),
        new("exec.approval.resolve", MethodScope.Approvals, Advertised: true),
        new("wizard.start", MethodScope.Admin, Advertised: true),
        new("wizard.next", MethodScope.Admin, Advertised: true),
        new("wizard.cancel", MethodScope.Admin, Advertised: true),
        new("wizard.status", MethodScope.Admin, Advertised: true),
        new("talk.mode", MethodScope.Write, Advertised: true),
        new("models.list", MethodScope.Read, Advertised: true),
        new("agents.list", MethodScope.Read, Advertised: true),
        new("agents.create", MethodScope.Admin, Advertised: true),
        new("agents.update", MethodScope.Admin, Advertised: true),
        new("agents.delete", MethodScope.Admin, Advertised: true),
        new("agents.files.list", MethodScope.Admin, Advertised: true),
        new("agents.files.get", MethodScope.Admin, Advertised: true),
        new("agents.files.set", MethodScope.Admin, Advertised: true),
        new("skills.status", MethodScope.Read, Advertised: true),
        new("skills.bins", MethodScope.NodeRole, Advertised: true),
        new("skills.install", MethodScope.Admin, Advertised: true),
        new("skills.update", MethodScope.Admin, Advertised: true),
        new("update.run", MethodScope.Admin, Advertised: true),
        new("voicewake.get", MethodScope.Read, Advertised: true),
        new("voicewake.set", MethodScope.Write, Advertised: true),
        new("sessions.list", MethodScope.Read, Advertised: true),
        new("sessions.preview", MethodScope.Read, Advertised: true),
        new("sessions.patch", MethodScope.Admin, Advertised: true),
        new("sessions.reset", MethodScope.Admin, Advertised: true),
        new("sessions.delete", MethodScope.Admin, Advertised: true),
        new("sessions.compact", MethodScope.Admin, Advertised: true),
        new("last-heartbeat", MethodScope.Read, Advertised: true),
        new("set-heartbeats", MethodScope.Admin, Advertised: true),
        new("wake", MethodScope.Write, Advertised: true),
        new("node.pair.request", MethodScope.Pairing, Advertised: true),
        new("node.pair.list", MethodScope.Pairing, Advertised: true),
        new("node.pair.approve", MethodScope.Pairing, Advertised: true),
        new("node.pair.reject", MethodScope.Pairing, Advertised: true),
        new("node.pair.verify", MethodScope.Pairing, Advertised: true),
        new("device.pair.list", MethodScope.Pairing, Advertised: true),
        new("device.pair.approve", MethodScope.Pairing, Advertised: true),
        new("device.pair.reject", MethodScope.Pairing, Advertised: true),
        new("device.token.rotate", MethodScope.Pairing, Advertised: true),
        new("device.token.revoke", MethodScope.Pairing, Advertised: true),
        new("node.rename", MethodScope.Pairing, Advertised: true),
        new("node.list", MethodScope.Read, Advertised: true),
        new("node.describe", MethodScope.Read, Advertised: true),
        new("node.invoke", MethodScope.Write, Advertised: true),
        new("node.invoke.result", MethodScope.NodeRole, Advertised: true),
        new("node.event", MethodScope.NodeRole, Advertised: true),
        new("cron.list", MethodScope.Read, Advertised: true),
        new("cron.status", MethodScope.Read, Advertised: true),
        new("cron.add", MethodScope.Admin, Advertised: true),
        new("cron.update", MethodScope.Admin, Advertised: true),
        new("cron.remove", MethodScope.Admin, Advertised: true),
        new("cron.run", MethodScope.Admin, Advertised: true),
        new("cron.runs", MethodScope.Read, Advertised: true),
        new("system-presence", MethodScope.Read, Advertised: true),
        new("system-event", MethodScope.Admin, Advertised: true),
        new("send", MethodScope.Write, Advertised: true),
        new("agent", MethodScope.Write, Advertised: true),
        new("agent.identity.get", MethodScope.Read, Advertised: true),
        new("agent.wait", MethodScope.Write, Advertised: true),
        new("browser.request", MethodScope.Write, Advertised: true),
        new("chat.history", MethodScope.Read, Advertised: true),
        new("chat.abort", MethodScope.Write, Advertised: true),
        new("chat.send", MethodScope.Write, Advertised: true),
        new("connect", MethodScope.Admin, Advertised: false),
        new("poll", MethodScope.Admin, Advertised: false),
        // Of protocol 4, whose clients send messages with it.
        new("message.action", MethodScope.Write, Advertised: false),
        new("channels.pairing.list", MethodScope.Pairing, Advertised: false),
        new("channels.pairing.approve", MethodScope.Pairing, Advertised: false),
        // Ours: what became of messages to send.
        new("outbox.status", MethodScope.Read, Advertised: false),
        new("outbox.list", MethodScope.Read, Advertised: false),
        new("outbox.retry", MethodScope.Admin, Advertised: false),
        new("outbox.drop", MethodScope.Admin, Advertised: false),
        new("chat.inject", MethodScope.Admin, Advertised: false),
        new("sessions.resolve", MethodScope.Admin, Advertised: false),
        new("sessions.usage", MethodScope.Admin, Advertised: false),
        new("sessions.usage.timeseries", MethodScope.Admin, Advertised: false),
        new("sessions.usage.logs", MethodScope.Admin, Advertised: false),
        // Listed by the peer when a channel with such a login is loaded; none is yet.
        new("web.login.start", MethodScope.Admin, Advertised: false),
        new("web.login.wait", MethodScope.Admin, Advertised: false),
    ];

    private static FrozenDictionary<string, MethodEntry> ByName { get; } = All.ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>The entry of <paramref name="name"/>, or null.</summary>
    public static MethodEntry? Find(string name) => ByName.GetValueOrDefault(name);
}
