using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary>Nodes as people read them.</summary>
internal static class NodeTables
{
    private const int NarrowestTable = 60;
    private const int WidthOfFiles = 120;

    public static string Status(IReadOnlyList<NodeRow> nodes, CommandContext context)
    {
        var summary = $"Known: {nodes.Count} · Paired: {nodes.Count(node => node.Paired)} · Connected: {nodes.Count(node => node.Connected)}";
        if (nodes.Count == 0)
            return summary;
        var table = new TextTable(Width(context), "Node", "ID", "IP", "Detail", "Status", "Caps") { FirstToYield = 1 };
        foreach (var node in nodes)
        {
            string?[] detail = [node.DeviceFamily, node.ModelIdentifier, node.Version];
            table.Add(
                node.DisplayName ?? node.NodeId, node.NodeId, node.RemoteIp ?? "", string.Join(" · ", detail.OfType<string>()),
                $"{(node.Paired ? "paired" : "unpaired")} · {(node.Connected ? "connected" : "disconnected")}", string.Join(", ", node.Caps));
        }
        return $"{summary}\n{table}".TrimEnd('\n');
    }

    public static string Summary(NodePairListResult list) => $"Pending: {list.Pending.Count} · Paired: {list.Paired.Count}";

    public static string List(NodePairListResult list, CommandContext context)
    {
        var parts = new List<string> { Summary(list) };
        if (list.Pending.Count > 0)
            parts.Add("\n" + Pending(list.Pending, context));
        if (list.Paired.Count > 0)
            parts.Add("\n" + Paired(list.Paired, context));
        return string.Join('\n', parts);
    }

    public static string Pending(IReadOnlyList<NodePairRequestedEvent> requests, CommandContext context)
    {
        var table = new TextTable(Width(context), "Request", "Node", "IP", "Requested", "Repair") { FirstToYield = 1 };
        foreach (var request in requests)
            table.Add(request.RequestId, request.DisplayName ?? request.NodeId, request.RemoteIp ?? "", Age.Ago(request.Ts, context.Time.GetUtcNow()), request.IsRepair ? "yes" : "");
        return $"Pending\n{table}".TrimEnd('\n');
    }

    private static string Paired(IReadOnlyList<PairedNodeRow> nodes, CommandContext context)
    {
        var table = new TextTable(Width(context), "Node", "ID", "IP", "Last Connect") { FirstToYield = 0 };
        foreach (var node in nodes)
        {
            var last = node.LastConnectedAtMs is { } at ? Age.Ago(at, context.Time.GetUtcNow()) : "unknown";
            table.Add(node.DisplayName ?? node.NodeId, node.NodeId, node.RemoteIp ?? "", last);
        }
        return $"Paired\n{table}".TrimEnd('\n');
    }

    private static int Width(CommandContext context) => context.Console.IsTerminal ? Math.Max(NarrowestTable, context.Console.Width()) : WidthOfFiles;
}
