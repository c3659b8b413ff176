using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Cli.Commands.Devices;

/// <summary>The list of devices as people read it.</summary>
internal static class DeviceTables
{
    private const int NarrowestTable = 60;

    /// <summary>Without a terminal nobody cuts lines, and ids stay whole longer; the peer's number.</summary>
    private const int WidthOfFiles = 120;

    public static string Of(DevicePairListResult list, CommandContext context)
    {
        var parts = new List<string>();
        if (list.Pending.Count > 0)
            parts.Add($"Pending ({list.Pending.Count})\n{Pending(list.Pending, context)}");
        if (list.Paired.Count > 0)
            parts.Add($"Paired ({list.Paired.Count})\n{Paired(list.Paired, context)}");
        return parts.Count == 0 ? "No device pairing entries." : string.Join('\n', parts).TrimEnd('\n');
    }

    private static TextTable Pending(IReadOnlyList<DevicePairRequestedEvent> requests, CommandContext context)
    {
        var table = new TextTable(Width(context), "Request", "Device", "Role", "Scopes", "IP", "Age", "Flags") { FirstToYield = 1 };
        foreach (var request in requests)
        {
            table.Add(
                request.RequestId, request.DisplayName ?? request.DeviceId, request.Role ?? "", string.Join(", ", request.Scopes ?? []), request.RemoteIp ?? "",
                Age.Ago(request.Ts, context.Time.GetUtcNow()), request.IsRepair ? "repair" : "");
        }
        return table;
    }

    private static TextTable Paired(IReadOnlyList<PairedDeviceRow> devices, CommandContext context)
    {
        var table = new TextTable(Width(context), "Device", "Roles", "Scopes", "Tokens", "IP") { FirstToYield = 0 };
        foreach (var device in devices)
        {
            table.Add(
                device.DisplayName is { } name ? $"{device.DeviceId} ({name})" : device.DeviceId, string.Join(", ", device.Roles ?? []), string.Join(", ", device.Scopes ?? []),
                string.Join(", ", (device.Tokens ?? []).Select(token => token.RevokedAtMs is null ? token.Role : token.Role + " (revoked)").Order(StringComparer.Ordinal)),
                device.RemoteIp ?? "");
        }
        return table;
    }

    private static int Width(CommandContext context) => context.Console.IsTerminal ? Math.Max(NarrowestTable, context.Console.Width()) : WidthOfFiles;
}
