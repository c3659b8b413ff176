namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>What a core tells the others. The numbers are on the bus and keep their meaning.</summary>
internal enum RelayKind : byte
{
    /// <summary>An event for everybody whom its delivery rule admits; the name is the event's.</summary>
    Event = 1,

    /// <summary>An <c>agent</c> event for the connections that follow a run's tools; the name is the run's id.</summary>
    ToolEvent = 2,

    /// <summary>A run is over; the name is its id, the payload how it ended.</summary>
    RunOver = 3,

    /// <summary>A message is done with; the name is its id, the payload its outcome.</summary>
    MessageOver = 4,
}

/// <summary>One thing a core tells the others.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Event or run.</param>
/// <param name="Payload">JSON.</param>
/// <param name="DropIfSlow">For events: a client that is behind may miss it. Null leaves it to the event's rule.</param>
internal sealed record RelayRecord(RelayKind Kind, string Name, ReadOnlyMemory<byte> Payload, bool? DropIfSlow = null);
