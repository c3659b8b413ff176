using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Auditing;

/// <summary>Who did something.</summary>
/// <param name="Name">The program, by its client id, or <c>host</c> for a command that worked on the files.</param>
/// <param name="DeviceId">The device it proved to be, if any.</param>
/// <param name="ConnectionId">Its connection, if any.</param>
/// <param name="Address">Where it came from.</param>
internal readonly record struct AuditActor(string Name, string? DeviceId, string? ConnectionId, string? Address)
{
    /// <summary>A command on the gateway's machine.</summary>
    public static AuditActor Host { get; } = new("host", null, null, null);

    public static AuditActor Of(ConnectionIdentity identity, string connectionId) => new(identity.Client.Id, identity.DeviceId, connectionId, identity.Address);

    public override string ToString() => $"{AuditText.Of(Name)} (device {AuditText.Of(DeviceId) ?? "-"}, connection {ConnectionId ?? "-"}, from {AuditText.Of(Address) ?? "-"})";
}
