using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Broadcasting;

/// <summary>The two counters by which clients know that presence or health changed.</summary>
internal sealed class StateVersions
{
    private long _presence = 1;
    private long _health = 1;

    public long Presence => Interlocked.Read(ref _presence);

    public long Health => Interlocked.Read(ref _health);

    public StateVersion Current => new() { Presence = Presence, Health = Health };

    public void BumpPresence() => Interlocked.Increment(ref _presence);

    public void BumpHealth() => Interlocked.Increment(ref _health);
}
