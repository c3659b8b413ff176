namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>
/// The name of this core among the cores of its gateway: one life of one process, so that what an earlier life left on the bus is
/// never taken for this one's.
/// </summary>
internal sealed record CoreId(string Value)
{
    /// <summary>A name nobody else has; the host is in it for people.</summary>
    public static CoreId Create() => new($"{Name(Environment.MachineName)}-{Environment.ProcessId}-{Guid.NewGuid():N}");

    private static string Name(string host) => string.Concat(host.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.').Take(64));
}
