using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>Tells the operators who look after pairing.</summary>
internal sealed class PairingNotices(Broadcaster broadcaster, TimeProvider time)
{
    public void Requested(PairingRequest request) =>
        broadcaster.Broadcast(EventNames.DevicePairRequested, DeviceViews.Request(request), ProtocolJson.Context.DevicePairRequestedEvent);

    public void Resolved(PairingRequest request, bool approved) => broadcaster.Broadcast(
        EventNames.DevicePairResolved,
        new DevicePairResolvedEvent
        {
            RequestId = request.RequestId,
            DeviceId = request.DeviceId,
            Decision = approved ? "approved" : "rejected",
            Ts = time.GetUtcNow().ToUnixTimeMilliseconds(),
        },
        ProtocolJson.Context.DevicePairResolvedEvent);
}
