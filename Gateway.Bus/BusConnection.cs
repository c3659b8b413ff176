namespace OpenClaw.Gateway.Bus;

/// <summary>Where the connection to a bus outside of the process stands.</summary>
public enum BusConnectionState
{
    /// <summary>The first attempt is under way.</summary>
    Connecting = 1,

    /// <summary>It works.</summary>
    Connected,

    /// <summary>It does not; attempts go on.</summary>
    Disconnected,
}

/// <summary>The connection to a bus outside of the process.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it is not connected, one sentence without secrets; null when connected.</param>
/// <param name="Since">Since when it stands there.</param>
public sealed record BusConnection(BusConnectionState State, string? Reason, DateTimeOffset Since);
