using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>The status as the JSON that scripts know from the original.</summary>
internal static class GatewayStatusJson
{
    public static string Write(GatewayStatusReport report) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        report.Service.Write(writer);
        WriteConfig(writer, report);
        writer.WriteStartObject("gateway");
        writer.WriteString("bindMode", report.BindMode);
        writer.WriteString("bindHost", report.BindHost);
        writer.WriteNumber("port", report.Port.Port);
        writer.WriteString("portSource", report.PortSource);
        writer.WriteString("probeUrl", report.Route.Address.Url);
        writer.WriteString("probeNote", report.Note);
        writer.WriteEndObject();
        report.Port.Write(writer, "port");
        report.OwnPort?.Write(writer, "portCli");
        if (report.LastError is not null)
            writer.WriteString("lastError", report.LastError);
        WriteProbe(writer, report);
        WriteOthers(writer, report);
        writer.WriteEndObject();
    });

    private static void WriteConfig(Utf8JsonWriter writer, GatewayStatusReport report)
    {
        writer.WriteStartObject("config");
        WriteConfig(writer, "cli", report.Own);
        WriteConfig(writer, "daemon", report.Seen.Snapshot);
        if (report.IsMismatch)
            writer.WriteBoolean("mismatch", true);
        writer.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter writer, string name, ConfigSnapshot snapshot)
    {
        writer.WriteStartObject(name);
        writer.WriteString("path", snapshot.Path);
        writer.WriteBoolean("exists", snapshot.Exists);
        writer.WriteBoolean("valid", snapshot.Valid);
        if (!snapshot.Valid)
        {
            writer.WriteStartArray("issues");
            foreach (var issue in snapshot.Issues)
            {
                writer.WriteStartObject();
                writer.WriteString("path", issue.Path);
                writer.WriteString("message", issue.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteProbe(Utf8JsonWriter writer, GatewayStatusReport report)
    {
        if (report.Probe is not { } probe)
            return;
        writer.WriteStartObject("rpc");
        writer.WriteBoolean("ok", probe.Ok);
        if (!probe.Ok)
            writer.WriteString("error", probe.Details);
        writer.WriteString("url", report.Route.Address.Url);
        if (probe.Answer("status")?.Field("safeMode") is { } safeMode)
        {
            writer.WritePropertyName("safeMode");
            safeMode.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private static void WriteOthers(Utf8JsonWriter writer, GatewayStatusReport report)
    {
        writer.WriteStartArray("extraServices");
        foreach (var other in report.Others)
        {
            writer.WriteStartObject();
            writer.WriteString("platform", other.Platform);
            writer.WriteString("label", other.Label);
            writer.WriteString("detail", other.Detail);
            writer.WriteString("scope", other.Scope);
            writer.WriteString("marker", other.Product);
            writer.WriteBoolean("legacy", other.IsLegacy);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
