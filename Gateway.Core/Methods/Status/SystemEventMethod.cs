using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>system-event</c>: a host reports about itself; its presence row changes, everybody is told, and the main session hears of it.</summary>
internal sealed class SystemEventMethod(PresenceStore presence, SystemEventQueue queue, ConnectionLifecycle lifecycle)
    : GatewayMethod<SystemEventParams, OkResult>(GatewayMethods.SystemEvent)
{
    protected override ValueTask<MethodResult<OkResult>> RunAsync(SystemEventParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (SystemEventReport.From(parameters) is not { } report)
            return ValueTask.FromResult<MethodResult<OkResult>>(ErrorShape.InvalidRequest("text required"));
        PresenceEntry? before = null;
        var now = presence.Report(report.Key, known => report.MergeInto(before = known));
        if (report.Announcement(before, now) is { } text)
            queue.Add(text);
        lifecycle.BroadcastPresence();
        return ValueTask.FromResult<MethodResult<OkResult>>(new OkResult());
    }
}
