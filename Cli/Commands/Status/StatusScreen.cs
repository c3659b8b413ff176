using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Commands.Health;
using OpenClaw.Cli.Commands.Security;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Cli.Commands.Status;

/// <summary>The tables of <c>openclaw status</c>.</summary>
internal sealed class StatusScreen(CommandContext context, GatewayRoute route, GatewayProbeResult probe, ServiceFacts service)
{
    private const int NarrowestTable = 60;
    private const int LongestKey = 32;

    private readonly int _width = Math.Max(NarrowestTable, context.Console.Width() - 1);

    public string Draw(bool deep)
    {
        var text = new StringBuilder("OpenClaw status\n\nOverview\n").Append(Overview());
        if (probe.Close?.NetworkError is not null && route.Address.Origin is GatewayAddressOrigin.Local)
            text.Append(CultureInfo.InvariantCulture, $"\nTo start the gateway: {context.Environment.CommandName} gateway\n");
        if (!probe.Connected)
            return text.ToString();
        if (probe.Answer("health") is { } health)
        {
            text.Append("\nChannels\n").Append(Channels(health));
            if (deep)
                text.Append("\nHealth\n").Append(Health(health));
        }
        if (probe.Answer("status") is { } summary)
            text.Append("\nSessions\n").Append(Sessions(summary));
        return text.Append(CultureInfo.InvariantCulture, $"\nLive log: {context.Environment.CommandName} logs --follow\n").ToString();
    }

    private TextTable Overview()
    {
        var table = new TextTable(_width, "Item", "Value")
            .Add("Dashboard", DashboardAddress.UrlOf(route.Snapshot, route.Address) ?? "disabled")
            .Add("OS", MachineFacts.Read().Label)
            .Add("Gateway", Gateway())
            .Add("Gateway service", TerminalText.HarmlessLine(service.Short));
        if (route.Snapshot.Valid)
            table.Add("Security", $"{SecurityRun.Summary(SecurityAudit.Run(new AuditSubject(route.Snapshot, context.Environment)))} · {context.Environment.CommandName} security audit");
        if (probe.Answer("health") is { } health)
            AddAgents(table, health);
        if (probe.Answer("status") is { } summary)
            AddSummary(table, summary);
        if (SafeModeLine.Of(probe.Answer("status")) is { } held)
            table.Add("Held back", held);
        if (probe.Answer("outbox.status") is { } outbox)
            AddDeliveries(table, outbox);
        return table;
    }

    private string Gateway()
    {
        var mode = route.Address.Origin is GatewayAddressOrigin.Remote or GatewayAddressOrigin.LocalFallback ? "remote" : "local";
        var text = $"{mode} · {route.Address.Url} ({route.Address.Source}) · ";
        if (!probe.Connected)
            return text + $"unreachable ({probe.Error})";
        text += string.Create(CultureInfo.InvariantCulture, $"reachable {probe.Latency.TotalMilliseconds:0}ms");
        if (route.Options is { } options)
            text += options.Token is not null ? " · auth token" : options.Password is not null ? " · auth password" : "";
        return probe.Self() is { } self ? text + $" · {self.Text("host")} ({self.Text("ip")}) app {self.Text("version")} {self.Text("platform")}" : text;
    }

    private static void AddAgents(TextTable table, JsonElement health)
    {
        var names = new List<string>();
        var beats = new List<string>();
        var sessions = 0L;
        foreach (var agent in health.Items("agents"))
        {
            var id = agent.Text("agentId") ?? "?";
            names.Add(id);
            sessions += (agent.Field("sessions") ?? default).Integer("count") ?? 0;
            if ((agent.Field("heartbeat") ?? default).Text("every") is { } every)
                beats.Add($"{every} ({id})");
        }
        table.Add("Agents", string.Create(CultureInfo.InvariantCulture, $"{names.Count} · sessions {sessions} · default {health.Text("defaultAgentId") ?? "?"}"));
        table.Add("Heartbeat", string.Join(", ", beats));
    }

    private void AddDeliveries(TextTable table, JsonElement outbox)
    {
        var counts = outbox.Field("counts") ?? default;
        var (ambiguous, failed, waiting) = (counts.Integer("ambiguous") ?? 0, counts.Integer("failed") ?? 0, outbox.Integer("waiting") ?? 0);
        var look = ambiguous + failed > 0 ? $" · {context.Environment.CommandName} queue list" : "";
        table.Add("Deliveries", string.Create(CultureInfo.InvariantCulture, $"{ambiguous} ambiguous · {failed} failed · {waiting} waiting{look}"));
    }

    private void AddSummary(TextTable table, JsonElement summary)
    {
        var events = summary.Items("queuedSystemEvents").Count();
        table.Add("Events", events == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{events} queued"));
        var sessions = summary.Field("sessions") ?? default;
        var defaults = sessions.Field("defaults") ?? default;
        var path = sessions.Items("paths").Select(item => context.Environment.Display(item.ToString())).FirstOrDefault() ?? "";
        table.Add("Sessions", string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions.Integer("count") ?? 0} active · default {defaults.Text("model") ?? "unknown"} ({Thousands(defaults.Integer("contextTokens"))} ctx) · {path}"));
    }

    private TextTable Channels(JsonElement health)
    {
        var table = new TextTable(_width, "Channel", "State");
        var any = false;
        foreach (var channel in ChannelState.All(health))
        {
            any = true;
            table.Add(channel.Label, channel.State);
        }
        return any ? table : table.Add("no channels yet", "");
    }

    private TextTable Health(JsonElement health)
    {
        var table = new TextTable(_width, "Item", "Status", "Detail");
        table.Add("Gateway", health.Flag("ok") == false ? "DEGRADED" : "OK", string.Create(CultureInfo.InvariantCulture, $"{health.Integer("durationMs") ?? 0}ms"));
        foreach (var reason in health.Items("degraded"))
            table.Add("", "", reason.ToString());
        if (ConfigProblemLine.Of(context, health) is { } problem)
            table.Add("Config", "PROBLEM", problem);
        return table;
    }

    private TextTable Sessions(JsonElement summary)
    {
        var table = new TextTable(_width, "Key", "Kind", "Age", "Model", "Tokens");
        var any = false;
        foreach (var session in (summary.Field("sessions") ?? default).Items("recent"))
        {
            any = true;
            var key = session.Text("key") ?? "?";
            table.Add(
                key.Length > LongestKey ? key[..(LongestKey - 1)] + "…" : key,
                session.Text("kind") ?? "",
                session.Integer("updatedAt") is { } updated ? Age.Ago(updated, context.Time.GetUtcNow()) : "unknown",
                session.Text("model") ?? "",
                $"{Thousands(session.Integer("totalTokens"))}/{Thousands(session.Integer("contextTokens"))}");
        }
        return any ? table : table.Add("no sessions yet", "", "", "", "");
    }

    private static string Thousands(long? count) => count switch
    {
        null => "?",
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1000}k"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1000.0:0.#}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count}"),
    };
}
