using System.Text.Json;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Commands.Security;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Cli.Commands.Status;

/// <summary><c>openclaw status --json</c>: the gateway's summary, and around it what this machine knows.</summary>
internal static class StatusJson
{
    public static string Write(CommandContext context, GatewayRoute route, GatewayProbeResult probe, ServiceFacts service, bool deep) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        if (probe.Answer("status") is { ValueKind: JsonValueKind.Object } summary)
        {
            foreach (var member in summary.EnumerateObject())
                member.WriteTo(writer);
        }
        WriteSystem(writer);
        WriteGateway(writer, route, probe);
        writer.WriteStartObject("gatewayService");
        writer.WriteString("label", service.Label);
        writer.WriteBoolean("installed", service.Presence.IsLoaded);
        writer.WriteString("loadedText", service.LoadedText);
        writer.WriteString("runtimeShort", service.Runtime.ToString());
        writer.WriteEndObject();
        if (probe.Answer("outbox.status") is { } outbox)
        {
            writer.WritePropertyName("outbox");
            outbox.WriteTo(writer);
        }
        if (route.Snapshot.Valid)
        {
            writer.WriteStartObject("securityAudit");
            SecurityRun.WriteMembers(writer, SecurityAudit.Run(new AuditSubject(route.Snapshot, context.Environment)), context.Time.GetUtcNow());
            writer.WriteEndObject();
        }
        if (probe.Answer("health") is { } health)
        {
            WriteAgents(writer, health);
            if (deep)
            {
                writer.WritePropertyName("health");
                health.WriteTo(writer);
            }
        }
        writer.WriteEndObject();
    });

    private static void WriteSystem(Utf8JsonWriter writer)
    {
        var machine = MachineFacts.Read();
        writer.WriteStartObject("os");
        writer.WriteString("platform", machine.Platform);
        writer.WriteString("arch", machine.Architecture);
        writer.WriteString("release", machine.Release);
        writer.WriteString("label", machine.Label);
        writer.WriteEndObject();
    }

    private static void WriteGateway(Utf8JsonWriter writer, GatewayRoute route, GatewayProbeResult probe)
    {
        writer.WriteStartObject("gateway");
        writer.WriteString("mode", route.Address.Origin is GatewayAddressOrigin.Remote or GatewayAddressOrigin.LocalFallback ? "remote" : "local");
        writer.WriteString("url", route.Address.Url);
        writer.WriteString("urlSource", route.Address.Source);
        writer.WriteBoolean("misconfigured", route.Address.Origin is GatewayAddressOrigin.LocalFallback);
        writer.WriteBoolean("reachable", probe.Connected);
        if (probe.Connected)
            writer.WriteNumber("connectLatencyMs", (long)probe.Latency.TotalMilliseconds);
        else
            writer.WriteNull("connectLatencyMs");
        if (probe.Self() is { } self)
        {
            writer.WriteStartObject("self");
            foreach (var name in (ReadOnlySpan<string>)["host", "ip", "version", "platform"])
                writer.WriteString(name, self.Text(name));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("self");
        }
        writer.WriteString("error", probe.Error);
        writer.WriteEndObject();
    }

    private static void WriteAgents(Utf8JsonWriter writer, JsonElement health)
    {
        var total = 0L;
        writer.WriteStartObject("agents");
        writer.WriteString("defaultId", health.Text("defaultAgentId"));
        writer.WriteStartArray("agents");
        foreach (var agent in health.Items("agents"))
        {
            var sessions = agent.Field("sessions") ?? default;
            total += sessions.Integer("count") ?? 0;
            writer.WriteStartObject();
            writer.WriteString("id", agent.Text("agentId"));
            writer.WriteString("sessionsPath", sessions.Text("path"));
            writer.WriteNumber("sessionsCount", sessions.Integer("count") ?? 0);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("totalSessions", total);
        writer.WriteEndObject();
    }
}
