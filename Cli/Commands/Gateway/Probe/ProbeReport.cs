using System.Text.Json;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Gateway.Probe;

/// <summary>What all targets said, and its JSON, which scripts read.</summary>
internal sealed record ProbeReport(
    IReadOnlyList<ProbeTarget> Targets, IReadOnlyList<GatewayProbeResult> Results, TimeSpan Budget, TimeSpan Duration, DateTimeOffset Now)
{
    /// <summary>The target a user should use: the first that greeted, the one in use before others.</summary>
    public ProbeTarget? Primary
    {
        get
        {
            ProbeTarget? any = null;
            for (var i = 0; i < Targets.Count; i++)
            {
                if (!Results[i].Connected)
                    continue;
                if (Targets[i].Active)
                    return Targets[i];
                any ??= Targets[i];
            }
            return any;
        }
    }

    public string ToJson() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", Primary is not null);
        writer.WriteNumber("ts", Now.ToUnixTimeMilliseconds());
        writer.WriteNumber("durationMs", (long)Duration.TotalMilliseconds);
        writer.WriteNumber("timeoutMs", (long)Budget.TotalMilliseconds);
        writer.WriteString("primaryTargetId", Primary?.Id);
        writer.WriteStartArray("warnings");
        writer.WriteEndArray();
        WriteNetwork(writer);
        WriteDiscovery(writer);
        writer.WriteStartArray("targets");
        for (var i = 0; i < Targets.Count; i++)
            WriteTarget(writer, Targets[i], Results[i]);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private void WriteNetwork(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("network");
        writer.WriteString("localLoopbackUrl", Targets[^1].Route.Address.Url);
        writer.WriteNull("localTailnetUrl");
        writer.WriteNull("tailnetIPv4");
        writer.WriteEndObject();
    }

    /// <summary>Nothing is looked for on the network.</summary>
    private static void WriteDiscovery(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("discovery");
        writer.WriteNumber("timeoutMs", 0);
        writer.WriteNumber("count", 0);
        writer.WriteStartArray("beacons");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter writer, ProbeTarget target, GatewayProbeResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", target.Id);
        writer.WriteString("kind", target.Id);
        writer.WriteString("url", target.Route.Address.Url);
        writer.WriteBoolean("active", target.Active);
        writer.WriteNull("tunnel");
        WriteConnect(writer, result);
        WriteSelf(writer, result);
        WriteConfig(writer, result.Answer("config.get"));
        WriteAnswer(writer, "health", result.Answer("health"));
        WriteAnswer(writer, "summary", result.Answer("status"));
        WriteAnswer(writer, "presence", result.Answer("system-presence"));
        writer.WriteEndObject();
    }

    private static void WriteConnect(Utf8JsonWriter writer, GatewayProbeResult result)
    {
        writer.WriteStartObject("connect");
        writer.WriteBoolean("ok", result.Connected);
        if (result.Connected)
            writer.WriteNumber("latencyMs", (long)result.Latency.TotalMilliseconds);
        else
            writer.WriteNull("latencyMs");
        writer.WriteString("error", result.Error);
        if (result.Close is { } close)
        {
            writer.WriteStartObject("close");
            writer.WriteNumber("code", close.Code);
            writer.WriteString("reason", close.Reason);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("close");
        }
        writer.WriteEndObject();
    }

    private static void WriteSelf(Utf8JsonWriter writer, GatewayProbeResult result)
    {
        if (result.Self() is not { } self)
        {
            writer.WriteNull("self");
            return;
        }
        writer.WriteStartObject("self");
        foreach (var name in (ReadOnlySpan<string>)["host", "ip", "version", "platform"])
            writer.WriteString(name, self.Text(name));
        writer.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter writer, string name, JsonElement? answer)
    {
        writer.WritePropertyName(name);
        if (answer is { } json)
            json.WriteTo(writer);
        else
            writer.WriteNullValue();
    }

    /// <summary>What matters of the gateway's own configuration; never its secrets.</summary>
    private static void WriteConfig(Utf8JsonWriter writer, JsonElement? answer)
    {
        if (answer is not { } file)
        {
            writer.WriteNull("config");
            return;
        }
        var config = file.Field("config") ?? default;
        var gateway = config.Field("gateway") ?? default;
        var auth = gateway.Field("auth") ?? default;
        var remote = gateway.Field("remote") ?? default;
        var ui = gateway.Field("controlUi") ?? default;
        writer.WriteStartObject("config");
        writer.WriteString("path", file.Text("path"));
        WriteAnswer(writer, "exists", file.Field("exists"));
        WriteAnswer(writer, "valid", file.Field("valid"));
        WriteAnswer(writer, "issues", file.Field("issues"));
        WriteAnswer(writer, "legacyIssues", file.Field("legacyIssues"));
        writer.WriteStartObject("gateway");
        WriteAnswer(writer, "mode", gateway.Field("mode"));
        WriteAnswer(writer, "bind", gateway.Field("bind"));
        WriteAnswer(writer, "port", gateway.Field("port"));
        WriteAnswer(writer, "controlUiEnabled", ui.Field("enabled"));
        WriteAnswer(writer, "controlUiBasePath", ui.Field("basePath"));
        WriteAnswer(writer, "authMode", auth.Field("mode"));
        writer.WriteBoolean("authTokenConfigured", auth.Field("token") is not null);
        writer.WriteBoolean("authPasswordConfigured", auth.Field("password") is not null);
        WriteAnswer(writer, "remoteUrl", remote.Field("url"));
        writer.WriteBoolean("remoteTokenConfigured", remote.Field("token") is not null);
        writer.WriteBoolean("remotePasswordConfigured", remote.Field("password") is not null);
        WriteAnswer(writer, "tailscaleMode", (gateway.Field("tailscale") ?? default).Field("mode"));
        writer.WriteEndObject();
        writer.WriteStartObject("discovery");
        WriteAnswer(writer, "wideAreaEnabled", ((config.Field("discovery") ?? default).Field("wideArea") ?? default).Field("enabled"));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
